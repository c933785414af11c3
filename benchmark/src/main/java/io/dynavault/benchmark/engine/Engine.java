// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.capture.BaseBackup;
import io.dynavault.core.capture.ScannedBase;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.restore.ConflictPolicy;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A connection to the server and what the command line does with one. */
final class Engine implements AutoCloseable {
  static final String VERSION = "benchmark";

  private final Timing timing = Timing.system();
  private final int workers;
  private final DynamoDbTransport transport;
  private final TableClients clients;

  Engine(URI endpoint, int workers) {
    EndpointConfig config =
        EndpointConfig.of(
            endpoint,
            "us-east-1",
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    this.workers = workers;
    this.transport =
        HttpTransport.open(
            config, TransportConfig.forThreads(workers), timing, new TransportCounters());
    this.clients = TableClients.open(config);
  }

  /** A new vault in a folder. */
  Vault newVault(Path folder) {
    return newVault(
        Stores.open(
            new StoreLocation.Folder(folder),
            new StoreConfig(
                S3Config.defaults(), timing.clock(), timing.sleeper(), timing.random())));
  }

  /** Makes a store a vault. */
  Vault newVault(ObjectStore store) {
    return Vault.create(
        store,
        new VaultConfig(new UUID(1, 2), VERSION, Instant.EPOCH, Map.of(), VERSION),
        Holder.thisProcess(VERSION, timing.random()),
        LeaseSettings.system());
  }

  BackupResult backup(
      Vault vault, String table, CodecChoice codec, Optional<CapacityBudget> readCapacity)
      throws InterruptedException {
    TableSnapshot snapshot = describe(table);
    BackupPlan plan =
        new BackupPlanner(transport.endpoint(), timing.clock(), timing.random())
            .plan(
                new BackupRequest(
                    ScanQuery.all(table, false), codec.options(workers, readCapacity)),
                snapshot.definition(),
                snapshot.itemCount(),
                snapshot.tableSizeBytes());
    return new BackupRun(
            vault,
            transport,
            new TableIdentity(name -> describe(name).definition()),
            context(table),
            VERSION)
        .start(plan);
  }

  RestoreResult restore(ItemContent content, String table, Optional<CapacityBudget> writeCapacity)
      throws InterruptedException {
    RestoreRequest request =
        new RestoreRequest(
            content,
            new RestoreTarget.ExistingTable(describe(table).definition(), ConflictPolicy.OVERWRITE),
            new RestoreOptions(
                workers,
                writeCapacity,
                Optional.empty(),
                ItemSelection.everything(),
                Optional.empty(),
                ItemsFingerprint.EVERYTHING));
    TargetTable target = new TargetTable(table, transport, clients, timing.sleeper(), workers);
    return new RestoreRun(request, target, Engine::refuse, context(table))
        .run(new RestorePlanner(transport.endpoint()).plan(request));
  }

  private static void refuse(String key, String reason) {
    throw new IllegalStateException("item " + key + " was not written: " + reason);
  }

  /** Makes bases of chains. */
  BaseBackup bases(Vault vault) {
    return new ScannedBase(vault, transport, this::describe, backupOptions(), VERSION);
  }

  /** What backups are made with, compactions too. */
  BackupOptions backupOptions() {
    return CodecChoice.DEFAULT.options(workers, Optional.empty());
  }

  TableSnapshot describe(String table) {
    return new TableDescriber(clients).describe(table);
  }

  static RunContext context(String subject) {
    return RunContext.system(subject, new StopSignal());
  }

  @Override
  public void close() {
    transport.close();
    clients.close();
  }
}
