// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.engine;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupResult;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.restore.ConflictPolicy;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.KeyReader;
import io.dynavault.testing.TestingServers;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/**
 * Backs up and restores tables of a server as the command line would, with everything exchangeable
 * that tests want to break.
 */
public final class TestingEngine implements AutoCloseable {
  private final Vault vault;
  private final DynamoDbTransport transport;
  private final TableClients clients;
  private final StopSignal stop = new StopSignal();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private Progress progress = new Progress("test");

  private TestingEngine(Vault vault, DynamoDbTransport transport, TableClients clients) {
    this.vault = vault;
    this.transport = transport;
    this.clients = clients;
  }

  /** DynamoDB Local and a new vault in memory. */
  public static TestingEngine inMemory() {
    return on(MemoryStore.isolated(InstantSource.system()));
  }

  /** DynamoDB Local and a new vault in this store. */
  public static TestingEngine on(ObjectStore store) {
    return on(store, TestingServers.dynamoDb().endpoint());
  }

  /** A DynamoDB endpoint and a new vault in this store. */
  public static TestingEngine on(ObjectStore store, URI endpoint) {
    return of(newVault(store), endpoint);
  }

  /** A DynamoDB endpoint and an existing vault. */
  public static TestingEngine of(Vault vault, URI endpoint) {
    EndpointConfig config = config(endpoint);
    return new TestingEngine(
        vault,
        HttpTransport.open(
            config, TransportConfig.forThreads(16), Timing.system(), new TransportCounters()),
        TableClients.open(config));
  }

  /** An existing vault, with access to tables that the caller has made; closing closes that. */
  public static TestingEngine of(Vault vault, DynamoDbTransport transport, TableClients clients) {
    return new TestingEngine(vault, transport, clients);
  }

  /** How the server at an endpoint is reached. */
  public static EndpointConfig config(URI endpoint) {
    return EndpointConfig.of(
        endpoint, TestingServers.region().id(), TestingServers.credentialsProvider());
  }

  /** Makes a store a vault. */
  public static Vault newVault(ObjectStore store) {
    VaultConfig config = new VaultConfig(new UUID(1, 2), "test", Instant.EPOCH, Map.of(), "test");
    return Vault.create(
        store, config, Holder.thisProcess("test", random()), LeaseSettings.system());
  }

  /** How tests back up when nothing else matters. */
  public static BackupOptions options(OutputFormat format, Compression compression) {
    return new BackupOptions(
        4,
        Optional.empty(),
        format,
        compression,
        BackupOptions.DEFAULT_FILE_BYTES,
        Map.of(),
        Optional.empty());
  }

  public Vault vault() {
    return vault;
  }

  public DynamoDbTransport transport() {
    return transport;
  }

  public TableClients clients() {
    return clients;
  }

  /** Stops the next run at its next safe place. */
  public StopSignal stop() {
    return stop;
  }

  /** Counters of the last run. */
  public Progress progress() {
    return progress;
  }

  public TableSnapshot describe(String table) {
    return new TableDescriber(clients).describe(table);
  }

  public BackupPlan plan(ScanQuery query, BackupOptions options) {
    TableSnapshot table = describe(query.tableName());
    return new BackupPlanner(transport.endpoint(), InstantSource.system(), random())
        .plan(
            new BackupRequest(query, options),
            table.definition(),
            table.itemCount(),
            table.tableSizeBytes());
  }

  public BackupResult backup(String table) throws InterruptedException {
    return backup(
        ScanQuery.all(table, false), options(OutputFormat.DYNAMODB_JSON, Compression.GZIP));
  }

  public BackupResult backup(ScanQuery query, BackupOptions options) throws InterruptedException {
    return run(transport, query.tableName()).start(plan(query, options));
  }

  public BackupResult resume(String table) throws InterruptedException {
    return run(transport, table).resume(table, Optional.empty());
  }

  /** A run through another transport, such as one that fails. */
  public BackupRun run(DynamoDbTransport through, String table) {
    return new BackupRun(
        vault,
        through,
        new TableIdentity(name -> describe(name).definition()),
        context(table),
        "test");
  }

  /** How tests restore when nothing else matters. */
  public static RestoreOptions everything() {
    return new RestoreOptions(
        4,
        Optional.empty(),
        Optional.empty(),
        ItemSelection.everything(),
        Optional.empty(),
        ItemsFingerprint.EVERYTHING);
  }

  /** Restores a recovery point into a new table of this name. */
  public RestoreResult restoreInto(RecoveryPoint point, String newTable)
      throws InterruptedException {
    TableDefinition definition = TableOverrides.none().withTableName(newTable).apply(point.table());
    return restore(open(point), new RestoreTarget.NewTable(definition), everything());
  }

  /** Restores a recovery point into an existing table. */
  public RestoreResult restoreOver(RecoveryPoint point, String table, ConflictPolicy onConflict)
      throws InterruptedException {
    RestoreTarget target =
        new RestoreTarget.ExistingTable(describe(table).definition(), onConflict);
    return restore(open(point), target, everything());
  }

  public RestoreResult restore(ItemContent content, RestoreTarget target, RestoreOptions options)
      throws InterruptedException {
    RestoreRequest request = new RestoreRequest(content, target, options);
    RestorePlan plan = new RestorePlanner(transport.endpoint()).plan(request);
    failures.clear();
    return new RestoreRun(
            request,
            new TargetTable(
                target.table().tableName(),
                transport,
                clients,
                Sleeper.system(),
                options.workers()),
            (key, reason) -> failures.add(key + ": " + reason),
            context(target.table().tableName()))
        .run(plan);
  }

  /** Compares a recovery point with a table. */
  public CompareResult compare(RecoveryPoint point, String table) throws InterruptedException {
    RunContext context = context(table);
    return new CompareRun(
            open(point),
            new TargetTable(table, transport, clients, Sleeper.system(), 4)
                .scan(describe(table).definition(), Optional.empty(), context),
            new KeyReader(point.table().keySchema()),
            CompareScope.everything(),
            context)
        .run((difference, print, key) -> {});
  }

  public ExportContent open(RecoveryPoint point) {
    return ExportContent.open(vault.store(), point);
  }

  /** Items that the last restore could not write. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /** A new context; its counters become {@link #progress()}. */
  public RunContext context(String subject) {
    progress = new Progress(subject);
    return new RunContext(Timing.system(), Ticker.system(), progress, stop);
  }

  static RandomGenerator random() {
    return Timing.system().random();
  }

  @Override
  public void close() {
    transport.close();
    clients.close();
  }
}
