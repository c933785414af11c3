// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.backup.BackupPlanner;
import io.dynavault.core.backup.BackupRequest;
import io.dynavault.core.backup.BackupRun;
import io.dynavault.core.backup.TableIdentity;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.copy.CopyRequest;
import io.dynavault.core.copy.CopyResult;
import io.dynavault.core.copy.CopyRun;
import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.gc.GcRun;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseKeeper;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
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
import io.dynavault.core.store.retry.RetryingStore;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableOverrides;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.VerifyLevel;
import io.dynavault.core.verify.VerifyRequest;
import io.dynavault.core.verify.VerifyResult;
import io.dynavault.core.verify.VerifyRun;
import io.dynavault.core.verify.VerifyTarget;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.dynamodb.FaultyTables;
import io.dynavault.testing.dynamodb.FaultyTransport;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.FaultyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One run of the program in a simulation: its use cases, wired as the command line wires them. What
 * it leaves behind when something goes wrong is for the next one, which has another name.
 */
public final class SimulatedProcess implements AutoCloseable {
  /** Small enough for several files in a segment. */
  private static final long FILE_BYTES = 1_200;

  private final Simulation world;
  private final ProcessFaults faults;
  private final DynamoDbTransport transport;
  private final TableClients clients;
  private final StopSignal stop = new StopSignal();

  SimulatedProcess(Simulation world, ProcessFaults faults) {
    this.world = world;
    this.faults = faults;
    this.transport = new FaultyTransport(world.dynamoDb().transport(), faults.items());
    this.clients = FaultyTables.clients(world.dynamoDb().client(), faults.tables());
  }

  /** Opens the vault. */
  public Vault vault() {
    return open(world.vault(), faults.vault());
  }

  /** Opens the vault that is copied to. */
  public Vault otherVault() {
    return open(world.otherVault(), faults.otherVault());
  }

  /** As S3 is: reads that break are gone on with. */
  private Vault open(ObjectStore content, Faults wrong) {
    ObjectStore store =
        new RetryingStore(new FaultyStore(content, wrong), world.time(), world.random());
    return Vault.open(
        store, Holder.of("host", 1, "simulated", world.random()), world.leaseSettings());
  }

  /** Backs the table up. */
  public RecoveryPoint backup() throws InterruptedException {
    Vault vault = vault();
    BackupPlan plan = plan(Map.of());
    world.remember(plan.id());
    return backupRun(vault).start(plan).recoveryPoint();
  }

  /** Goes on with the backup that was interrupted last, or else begins one. */
  public RecoveryPoint resumeOrBackup() throws InterruptedException {
    Vault vault = vault();
    var unfinished = vault.runs().unfinished(Simulation.TABLE);
    if (unfinished.isEmpty()) {
      return backup();
    }
    world.remember(unfinished.get(unfinished.size() - 1).run().id());
    return backupRun(vault).resume(Simulation.TABLE, Optional.empty()).recoveryPoint();
  }

  /** How a backup of the table would be made now. */
  public BackupPlan plan(Map<String, String> tags) {
    BackupOptions options =
        new BackupOptions(
            1,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            FILE_BYTES,
            tags,
            Optional.empty());
    TableSnapshot table = describe(Simulation.TABLE);
    return new BackupPlanner(transport.endpoint(), world.time(), world.random())
        .plan(
            new BackupRequest(ScanQuery.all(Simulation.TABLE, true), options),
            table.definition(),
            table.itemCount(),
            table.tableSizeBytes());
  }

  /** A run that can be told what to do. */
  public BackupRun backupRun(Vault vault) {
    return new BackupRun(
        vault,
        transport,
        new TableIdentity(name -> describe(name).definition()),
        context(),
        "test");
  }

  /** Stops what runs at its next safe place. */
  public StopSignal stop() {
    return stop;
  }

  Simulation world() {
    return world;
  }

  TableSnapshot describe(String table) {
    return new TableDescriber(clients).describe(table);
  }

  /** The newest recovery point of the table. */
  public CatalogEntry latest(Vault vault) {
    return vault.catalog().find(Simulation.TABLE, new Selector.Latest());
  }

  /** Restores the newest recovery point into a new table, or into what a run before has left. */
  public RestoreResult restoreInto(String table) throws InterruptedException {
    Vault vault = vault();
    CatalogEntry entry = latest(vault);
    TableDefinition wanted =
        TableOverrides.none().withTableName(table).apply(entry.point().table());
    return restore(
        vault,
        entry,
        world.dynamoDb().exists(table)
            ? new RestoreTarget.UnfinishedTable(wanted, describe(table))
            : new RestoreTarget.NewTable(wanted));
  }

  /** Restores the newest recovery point into an existing table. */
  public RestoreResult restoreOver(String table, ConflictPolicy policy)
      throws InterruptedException {
    Vault vault = vault();
    CatalogEntry entry = latest(vault);
    return restore(
        vault, entry, new RestoreTarget.ExistingTable(describe(table).definition(), policy));
  }

  /** While it is read, the recovery point is protected; a lost protection ends the restore. */
  public RestoreResult restore(Vault vault, CatalogEntry entry, RestoreTarget target)
      throws InterruptedException {
    try (Mark mark = vault.protect(entry.point());
        LeaseKeeper keeper = LeaseKeeper.start(mark, vault.leases().settings(), stop::request)) {
      RestoreRequest request =
          new RestoreRequest(
              ExportContent.open(vault.store(), entry.point()),
              target,
              new RestoreOptions(
                  1,
                  Optional.empty(),
                  Optional.empty(),
                  ItemSelection.everything(),
                  Optional.empty(),
                  ItemsFingerprint.EVERYTHING));
      RestoreRun run =
          new RestoreRun(
              request,
              new TargetTable(target.table().tableName(), transport, clients, world.time(), 1),
              (key, reason) -> {},
              context());
      RestorePlan plan = new RestorePlanner(transport.endpoint()).plan(request);
      try {
        return run.run(plan);
      } finally {
        keeper.check(); // a lost protection is the cause, whatever else happened
      }
    }
  }

  /** Copies everything to the other vault. */
  public List<Outcome<CopyResult>> copy() throws InterruptedException {
    Vault source = vault();
    Vault target = otherVault();
    CopyRequest request = new CopyRequest(source.catalog().list().entries(), Optional.empty(), 1);
    return new CopyRun(source, target, context(), "test")
        .run(new CopyPlanner(source, target).plan(request));
  }

  /** Keeps the newest recovery points and removes the others. */
  public Report expire(int keepLast) throws InterruptedException {
    Vault vault = vault();
    List<RetentionRule> rules = List.of(RetentionRule.builder().keepLast(keepLast).build());
    ExpirePlan plan =
        new ExpireSurvey(vault, ManagedBackups.none())
            .plan(new ExpirePlanner(rules, LastGood.KEEP));
    ExpireResult result = new ExpireRun(vault, LastGood.KEEP, ManagedBackups.none()).run(plan);
    return Report.successIf(
        result.held().isEmpty() && result.failed().isEmpty() && plan.unreadable().isEmpty(),
        result);
  }

  /**
   * Deletes the oldest recovery point, if it is not the only one.
   *
   * @param chosen is told which one, before it is deleted
   */
  public void deleteOldest(Consumer<RecoveryPointId> chosen) throws InterruptedException {
    Vault vault = vault();
    List<CatalogEntry> entries = vault.catalog().list().entries();
    if (entries.size() > 1) {
      chosen.accept(entries.get(0).id());
      new DeleteRun(vault, ManagedBackups.none()).delete(entries.get(0));
    }
  }

  /** Deletes a recovery point of the table, if it is there. */
  public void delete(RecoveryPointId id) throws InterruptedException {
    Vault vault = vault();
    Optional<CatalogEntry> entry = vault.catalog().get(Simulation.TABLE, id);
    if (entry.isPresent()) {
      new DeleteRun(vault, ManagedBackups.none()).delete(entry.get());
    }
  }

  /** Reads everything in the vault. */
  public VerifyResult verify() throws InterruptedException {
    return verify(vault());
  }

  /** Reads everything in a vault. */
  VerifyResult verify(Vault vault) throws InterruptedException {
    return new VerifyRun(
            VerifyRequest.of(new VerifyTarget.WholeVault(vault), VerifyLevel.DATA, 1),
            context(),
            ManagedBackups.none())
        .run();
  }

  /** Removes what nobody needs from the vault. */
  public GcResult gc() throws InterruptedException {
    return gc(vault());
  }

  /** Removes what nobody needs from a vault. */
  GcResult gc(Vault vault) throws InterruptedException {
    return new GcRun(vault, GcPlanner.DEFAULT_GRACE, ManagedBackups.none())
        .run(new GcPlanner(vault, GcPlanner.DEFAULT_GRACE).plan());
  }

  /** What runs are given. */
  public RunContext context() {
    return new RunContext(world.timing(), world.time(), new Progress("simulated"), stop);
  }

  @Override
  public void close() {
    transport.close();
  }
}
