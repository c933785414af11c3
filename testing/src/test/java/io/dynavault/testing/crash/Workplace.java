// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.engine.TestingEngine;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * A folder with the vaults {@code vault} and {@code other}, and a table to back up or to restore
 * to.
 *
 * @param endpoint of DynamoDB
 * @param table what is backed up, or restored to
 * @param ttl how long leases last
 */
record Workplace(Path folder, URI endpoint, String table, Duration ttl, Steps steps) {
  /** Files of a backup, so that there are steps between them. */
  private static final int SEGMENTS = 3;

  private static final RandomGenerator RANDOM = Timing.system().random();

  /** The vault that is worked on. */
  Vault vault() {
    return open("vault");
  }

  /** The vault that is copied to. */
  Vault otherVault() {
    return open("other");
  }

  private Vault open(String name) {
    LeaseSettings system = LeaseSettings.system();
    LeaseSettings settings =
        new LeaseSettings(
            ttl, system.clock(), system.ticker(), system.sleeper(), system.processes());
    return Vault.open(store(name), Holder.thisProcess("crash test", RANDOM), settings);
  }

  ObjectStore store(String name) {
    StoreLocation.Folder location = new StoreLocation.Folder(folder.resolve(name));
    return new SteppedStore(new LocalStore(location, RANDOM), steps);
  }

  void backup() throws InterruptedException {
    try (TestingEngine engine = engine()) {
      TableDefinition definition = definition(engine);
      run(engine, definition)
          .start(
              new BackupPlan(
                  RecoveryPointId.create(InstantSource.system().instant(), RANDOM),
                  definition,
                  ScanQuery.all(table, false),
                  options(),
                  SEGMENTS,
                  OptionalDouble.empty(),
                  0,
                  0));
    }
  }

  static BackupOptions options() {
    return new BackupOptions(
        1,
        Optional.empty(),
        OutputFormat.DYNAMODB_JSON,
        Compression.GZIP,
        BackupOptions.DEFAULT_FILE_BYTES,
        Map.of(),
        Optional.empty());
  }

  void resume() throws InterruptedException {
    try (TestingEngine engine = engine()) {
      run(engine, definition(engine)).resume(table, Optional.empty());
    }
  }

  private static BackupRun run(TestingEngine engine, TableDefinition definition) {
    return new BackupRun(
        engine.vault(),
        engine.transport(),
        new TableIdentity(name -> definition),
        engine.context(definition.tableName()),
        "test");
  }

  /** From a record where there is one: the SDK takes most of the time of so short a process. */
  private TableDefinition definition(TestingEngine engine) {
    return engine.vault().catalog().list(table).entries().stream()
        .findFirst()
        .map(entry -> entry.point().table())
        .orElseGet(() -> found(engine));
  }

  /** Into a table that is created. As the command does it, the recovery point is protected. */
  void restore(RecoveryPoint point) throws InterruptedException {
    try (TestingEngine engine = engine()) {
      restore(engine, point, new RestoreTarget.NewTable(renamed(point)));
    }
  }

  /** Into the table that an interrupted restore has left. */
  void resumeRestore(RecoveryPoint point) throws InterruptedException {
    try (TestingEngine engine = engine()) {
      restore(
          engine, point, new RestoreTarget.UnfinishedTable(renamed(point), engine.describe(table)));
    }
  }

  private void restore(TestingEngine engine, RecoveryPoint point, RestoreTarget target)
      throws InterruptedException {
    try (Mark mark = engine.vault().protect(point);
        LeaseKeeper keeper =
            LeaseKeeper.start(mark, engine.vault().leases().settings(), () -> {})) {
      engine.restore(engine.open(point), target, oneWorker());
      keeper.check();
    }
  }

  private TableDefinition found(TestingEngine engine) {
    return engine.describe(table).definition();
  }

  private TableDefinition renamed(RecoveryPoint point) {
    return TableOverrides.none().withTableName(table).apply(point.table());
  }

  private static RestoreOptions oneWorker() {
    RestoreOptions all = TestingEngine.everything();
    return new RestoreOptions(
        1, all.writeCapacity(), all.readCapacity(), all.selection(), all.transform(), all.choice());
  }

  /** The vault, and access to tables. */
  TestingEngine engine() {
    EndpointConfig config = TestingEngine.config(endpoint);
    return TestingEngine.of(
        vault(),
        SteppedTables.transport(
            HttpTransport.open(
                config, TransportConfig.forThreads(4), Timing.system(), new TransportCounters()),
            steps),
        SteppedTables.clients(config, steps));
  }
}
