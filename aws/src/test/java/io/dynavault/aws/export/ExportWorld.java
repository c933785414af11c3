// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.SdkClients;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.testing.aws.AwsStub;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A stub of AWS with a table, and a vault in one of its buckets. Waiting passes the stub's time.
 */
final class ExportWorld implements AutoCloseable {
  static final String TABLE = "Orders";

  static final String ORDERS =
      """
      {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST",
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
      """;

  final AwsStub stub = AwsStub.start();
  final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint());
  final Vault vault = vault(new BucketStore(MemoryStore.isolated(stub.clock())), stub);
  final StopSignal stop = new StopSignal();
  final Exports exports = new Exports(client, vault, stub.clock(), "test");
  final List<Duration> waits = new ArrayList<>();
  private final TableClients clients = new TableClients(client, Optional.empty());

  /** Says that it is the root of a bucket. */
  private static final class BucketStore extends ForwardingStore {
    BucketStore(ObjectStore store) {
      super(store);
    }

    @Override
    public URI location() {
      return URI.create("s3://acme-backups");
    }
  }

  ExportWorld(String... items) {
    stub.declareTable(ORDERS, items);
    stub.bucket("acme-backups", vault.store());
  }

  private static Vault vault(ObjectStore store, AwsStub stub) {
    RandomGenerator random = RandomGenerator.of("SplittableRandom");
    LeaseSettings system = LeaseSettings.system();
    return Vault.create(
        store,
        new VaultConfig(new UUID(1, 2), "test", Instant.EPOCH, Map.of(), "test"),
        Holder.thisProcess("test", random),
        new LeaseSettings(
            LeaseSettings.DEFAULT_TTL,
            stub.clock(),
            system.ticker(),
            system.sleeper(),
            system.processes()));
  }

  /** Switches point-in-time recovery on, and lets a day pass. */
  ExportWorld recoverable() {
    client.updateContinuousBackups(
        b ->
            b.tableName(TABLE)
                .pointInTimeRecoverySpecification(p -> p.pointInTimeRecoveryEnabled(true)));
    stub.clock().advance(Duration.ofDays(1));
    return this;
  }

  ExportPlan plan(ExportScope scope) {
    return plan(scope, ExportOptions.defaults());
  }

  ExportPlan plan(ExportScope scope, ExportOptions options) {
    return new ExportPlanner(client, new TableDescriber(clients), vault, stub.clock())
        .plan(new ExportRequest(TABLE, scope, options));
  }

  /** The only export of a plan. */
  ExportOrder order(ExportScope scope) {
    return plan(scope).orders().get(0);
  }

  ExportRun run() {
    return run(Duration.ofHours(1));
  }

  ExportRun run(Duration limit) {
    Timing timing = new Timing(stub.clock(), this::sleep, RandomGenerator.of("SplittableRandom"));
    return new ExportRun(
        exports,
        ExportWait.upTo(limit),
        new RunContext(
            timing,
            () -> Duration.between(AwsStub.START, stub.clock().instant()).toNanos(),
            new Progress(TABLE),
            stop));
  }

  private void sleep(Duration duration) {
    waits.add(duration);
    stub.clock().advance(duration);
  }

  List<RecoveryPoint> points() {
    return vault.catalog().list(TABLE).entries().stream().map(CatalogEntry::point).toList();
  }

  List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    vault.store().list(prefix, info -> keys.add(info.key()));
    return keys;
  }

  @Override
  public void close() {
    client.close();
    stub.close();
  }
}
