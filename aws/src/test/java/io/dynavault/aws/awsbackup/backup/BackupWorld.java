// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.aws.awsbackup.TestingAwsBackup;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.testing.aws.AwsStub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** AWS Backup in a stub, and a vault of ours in memory. Waiting passes the stub's time. */
final class BackupWorld implements AutoCloseable {
  static final String TABLE = "Orders";

  final TestingAwsBackup aws = new TestingAwsBackup();
  final AwsStub stub = aws.stub();
  final StopSignal stop = new StopSignal();
  final List<Duration> waits = new ArrayList<>();
  final TableClients tables = new TableClients(aws.clients().dynamoDb(), Optional.empty());
  final Vault vault;
  private final Random random = new Random(7);

  BackupWorld() {
    LeaseSettings system = LeaseSettings.system();
    vault =
        Vault.create(
            MemoryStore.isolated(stub.clock()),
            new VaultConfig(new UUID(1, 2), "test", Instant.EPOCH, Map.of(), "test"),
            Holder.thisProcess("test", new Random(1)),
            new LeaseSettings(
                LeaseSettings.DEFAULT_TTL,
                stub.clock(),
                system.ticker(),
                system.sleeper(),
                system.processes()));
    aws.vault("main");
  }

  AwsBackupPlan plan() {
    return plan(Lifecycle.FOR_EVER, Optional.empty());
  }

  AwsBackupPlan plan(Lifecycle lifecycle, Optional<Duration> deleteAfter) {
    return new AwsBackupPlanner(new TableDescriber(tables), aws.vaults())
        .plan(
            new AwsBackupRequest(
                TABLE,
                "main",
                TestingAwsBackup.ROLE,
                lifecycle,
                Map.of("reason", "test"),
                deleteAfter));
  }

  AwsBackupRun run() {
    return run(Duration.ofHours(1));
  }

  AwsBackupRun run(Duration limit) {
    return new AwsBackupRun(vault, aws.jobs(), limit, context(stop), "test");
  }

  /** The run of another process, which nobody has stopped. */
  AwsBackupRun afterARestart() {
    return new AwsBackupRun(
        vault, aws.jobs(), Duration.ofHours(1), context(new StopSignal()), "test");
  }

  AwsRestoreRun restore() {
    return new AwsRestoreRun(aws.jobs(), tables, Duration.ofHours(1), context(stop));
  }

  RunContext context(StopSignal signal) {
    return new RunContext(
        new Timing(stub.clock(), this::sleep, random),
        () -> Duration.between(AwsStub.START, stub.clock().instant()).toNanos(),
        new Progress(TABLE),
        signal);
  }

  List<RecoveryPoint> points() {
    return vault.catalog().list(TABLE).entries().stream().map(CatalogEntry::point).toList();
  }

  private void sleep(Duration duration) {
    waits.add(duration);
    stub.clock().advance(duration);
  }

  @Override
  public void close() {
    aws.close();
  }
}
