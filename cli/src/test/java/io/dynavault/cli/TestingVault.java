// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.table.BillingMode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSettings;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/** Fills a vault in a folder with recovery points, without tables. */
public final class TestingVault implements AutoCloseable {
  private final ObjectStore store;
  private final Vault vault;

  private TestingVault(ObjectStore store, Vault vault) {
    this.store = store;
    this.vault = vault;
  }

  /** Opens a vault that the command line has created. */
  public static TestingVault open(Path folder) {
    Timing timing = Timing.system();
    ObjectStore store =
        Stores.open(
            new StoreLocation.Folder(folder),
            new StoreConfig(
                S3Config.defaults(), timing.clock(), timing.sleeper(), timing.random()));
    Holder holder = Holder.of("test", 1, "test", new Random(1));
    return new TestingVault(store, Vault.open(store, holder, LeaseSettings.system()));
  }

  public Vault vault() {
    return vault;
  }

  /** Commits a recovery point with one data file of two items. */
  public RecoveryPoint commit(
      String table, String id, Map<String, String> tags, Optional<Instant> deleteAfter)
      throws InterruptedException {
    RecoveryPointId pointId = new RecoveryPointId(id);
    String prefix =
        pointId.startTime().toString().substring(0, 10) + "/" + table + "/AWSDynamoDB/" + id;
    byte[] content = "{}\n{}\n".getBytes(StandardCharsets.UTF_8);
    store.put(prefix + "/data/file.json", content);
    RecoveryPoint point =
        new RecoveryPoint(
            pointId,
            Method.SCAN,
            definition(table),
            pointId.startTime(),
            pointId.startTime().plus(Duration.ofSeconds(72)),
            new StoredExport(
                prefix,
                OutputFormat.DYNAMODB_JSON,
                Compression.NONE,
                2,
                74,
                List.of(
                    new StoredFile(prefix + "/data/file.json", content.length, "0".repeat(64), 2)),
                Optional.empty()),
            RecoveryPoint.Consistency.NON_CONSISTENT,
            false,
            deleteAfter,
            tags,
            "0.1.0");
    try (Lease lease = vault.leases().acquire(LeaseName.backup(table))) {
      return vault.commit(point, lease).point();
    }
  }

  /** Commits an on-demand backup, of which AWS has told the size and not the items. */
  public RecoveryPoint commitOnDemand(String table, String id) throws InterruptedException {
    RecoveryPointId pointId = new RecoveryPointId(id);
    RecoveryPoint point =
        new RecoveryPoint(
            pointId,
            Method.ON_DEMAND,
            definition(table),
            pointId.startTime(),
            pointId.startTime(),
            new ManagedBackup(
                definition(table).tableArn() + "/backup/" + id,
                OptionalLong.of(2_000),
                OptionalLong.empty()),
            RecoveryPoint.Consistency.POINT_IN_TIME,
            false,
            Optional.empty(),
            Map.of(),
            "0.1.0");
    try (Lease lease = vault.leases().acquire(LeaseName.backup(table))) {
      return vault.commit(point, lease).point();
    }
  }

  public RecoveryPoint commit(String table, String id) throws InterruptedException {
    return commit(table, id, Map.of(), Optional.empty());
  }

  private static TableDefinition definition(String table) {
    KeyAttribute key = new KeyAttribute("pk", ScalarType.S);
    return new TableDefinition(
        table,
        "arn:aws:dynamodb:us-east-1:111122223333:table/" + table,
        "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47",
        KeySchema.of(key),
        List.of(key),
        List.of(),
        List.of(),
        BillingMode.PAY_PER_REQUEST,
        Optional.empty(),
        Optional.empty(),
        new TableSettings(
            Optional.of("expires"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Map.of(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("tags")));
  }

  @Override
  public void close() {
    store.close();
  }
}
