// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.cli.command.ContentSelection;
import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.MaskOptions;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.awsbackup.Role;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.TableSelection;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a restore is told on the command line, beside the settings. */
final class RestoreCommandOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE|RECOVERY-POINT|LOCATION",
      description = {
        "tables of the vault, with * and ? as wildcards and ! before those to leave out;",
        "latest (the default), an id or the beginning of one;",
        "or the location of one export, such as",
        "s3://bucket/AWSDynamoDB/01715685260608-c488b4e1, or of a full export and the incremental",
        "ones that follow it, one by one or by a folder that holds them all;",
        "or the ARN of an on-demand backup"
      })
  private List<String> subjects = List.of();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "like TABLE, also for names that look like ids; can be given several times")
  private List<String> tables = List.of();

  @Option(names = "--id", paramLabel = "RECOVERY-POINT", description = "like RECOVERY-POINT")
  private @Nullable String id;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "the newest recovery points that were complete at this time, such as"
              + " 2026-11-21T09:30:00Z")
  private @Nullable Instant at;

  @Mixin private TargetOptions target = new TargetOptions();

  @Option(
      names = "--via",
      paramLabel = "write|import",
      description =
          "write: write the items (default); import: have AWS make a new table of the files of a"
              + " full export in S3, without write capacity; --dry-run says what both cost")
  private Via via = Via.WRITE;

  @Mixin private AwsImportOptions imported = new AwsImportOptions();
  @Mixin private ItemChoice items = new ItemChoice();
  @Mixin private MaskOptions mask = new MaskOptions();

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  @Option(
      names = "--confirm",
      description = "act where items can be replaced or deleted, instead of printing the plan")
  private boolean confirm;

  @Option(
      names = "--resume",
      description =
          "go on in the new table that an interrupted restore has created: write all items once"
              + " more, then put the settings back")
  private boolean resume;

  @Mixin private ValidateOptions validate = new ValidateOptions();

  @Option(
      names = "--failures-file",
      paramLabel = "FILE",
      description = "write all items that could not be restored, by key, as JSON lines")
  private @Nullable String failuresFile;

  /** How items get into a table. */
  enum Via {
    WRITE,
    IMPORT
  }

  /** Whether AWS imports the tables. */
  boolean isImport() {
    return via == Via.IMPORT;
  }

  AwsImportOptions imported() {
    return imported;
  }

  TargetOptions target() {
    return target;
  }

  ItemChoice items() {
    return items;
  }

  MaskOptions mask() {
    return mask;
  }

  boolean isDryRun() {
    return dryRun;
  }

  boolean isConfirmed() {
    return confirm;
  }

  boolean isResume() {
    return resume;
  }

  /** How tables are compared that this engine has restored; a test compares all items. */
  Optional<ValidationLevel> level() {
    return validate
        .level()
        .or(() -> target.isTest() ? Optional.of(new ValidationLevel.All()) : Optional.empty());
  }

  Afterwards afterwards() {
    return target.isTest() ? Afterwards.DELETE : Afterwards.KEEP;
  }

  ValidateOptions validate() {
    return validate;
  }

  Optional<String> failuresFile() {
    return Optional.ofNullable(failuresFile);
  }

  /** What is to be restored; refuses options that do not go together before anything is opened. */
  RestoreOrders orders(Session session) {
    if (resume && target.onConflict().isPresent()) {
      throw usage(
          "unable to resume a restore with --on-conflict: it is into a new table",
          "to go on in a table that existed before, run the same command again");
    }
    requireOptionsOfImport();
    if (target.isTest() && (resume || isImport() || target.onConflict().isPresent())) {
      throw usage(
          "unable to test a restore with --resume, --on-conflict or --via import",
          "leave them out: a test makes a new table, and writes its items");
    }
    Optional<BackupArn> backup =
        subjects.stream().flatMap(text -> BackupArn.find(text).stream()).findFirst();
    if (backup.isPresent()) {
      return byArn(session, backup.get());
    }
    subjects.forEach(RestoreCommandOptions::requireNoBarePoint);
    if (subjects.stream().anyMatch(OpenContent::isLocation)) {
      return byLocation(session);
    }
    OpenVault open = session.wiring().openVault();
    try {
      List<CatalogEntry> entries = entries(session, open.vault().catalog());
      if (entries.stream().anyMatch(entry -> entry.point().method().isManaged())) {
        if (isImport()) {
          throw notImported("a backup that AWS keeps");
        }
        List<ManagedRestoreRequest> managed = managedOrders(session).of(entries);
        requireDistinctTargets(managed.stream().map(ManagedRestoreRequest::tableName).toList());
        return new RestoreOrders(List.of(), managed, open::close);
      }
      List<RestoreOrder> orders =
          entries.stream().map(entry -> order(session, open.vault(), entry)).toList();
      requireDistinctTargets(orders.stream().map(RestoreOrder::targetTable).toList());
      return new RestoreOrders(orders, List.of(), open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  /** Without a record nobody knows the table, so that AWS is only asked for a job. */
  private static void requireNoBarePoint(String subject) {
    if (subject.matches("arn:[^:]+:backup:.*")) {
      throw usage(
          "unable to restore '" + subject + "' by its ARN: no vault has a record of it",
          "start the job of AWS Backup with: dynavault aws-backup restore " + subject);
    }
  }

  private RestoreOrders byLocation(Session session) {
    if (!subjects.stream().allMatch(OpenContent::isLocation) || id != null) {
      throw usage(
          "unable to restore an export: something else to restore is given, too",
          "give its location and --target-table");
    }
    List<StoreLocation> locations = subjects.stream().map(session.wiring()::location).toList();
    String table = target.nameForExport(tables);
    RestoreOrder order =
        new RestoreOrder(
            table,
            target.definitionForExport(table),
            onLost -> OpenContent.of(session.wiring(), locations, Optional.ofNullable(at)));
    return new RestoreOrders(List.of(order), List.of(), () -> {});
  }

  /** AWS imports whole tables, and only new ones. */
  private void requireOptionsOfImport() {
    if (!isImport()) {
      if (imported.isUsed()) {
        throw usage(
            "unable to use --bucket-owner or --max-wait: they are for imports by AWS",
            "add --via import, or leave them out");
      }
      return;
    }
    if (items.isUsed() || mask.isUsed()) {
      throw usage(
          "unable to choose or change items with --via import: AWS imports all as they are",
          "leave --via out");
    }
    if (target.onConflict().isPresent()) {
      throw usage(
          "unable to restore into a table that exists with --via import: AWS imports into new"
              + " tables only",
          "leave --via out, or leave --on-conflict out and give a new name with --target-table");
    }
    if (failuresFile != null) {
      throw usage(
          "unable to use --failures-file with --via import: AWS writes what it cannot import to"
              + " CloudWatch Logs",
          "leave it out; the first failures are shown");
    }
  }

  private DynavaultException notImported(String what) {
    return usage(
        "unable to import " + what + ": AWS restores its own backups without files",
        "leave --via out");
  }

  private RestoreOrders byArn(Session session, BackupArn backup) {
    if (isImport()) {
      throw notImported("backup '" + backup + "'");
    }
    if (subjects.size() > 1 || id != null || at != null || !tables.isEmpty()) {
      throw usage(
          "unable to restore backup '" + backup + "': something else to restore is given, too",
          "give its ARN and --target-table");
    }
    ManagedRestoreRequest request = managedOrders(session).of(backup, Optional.empty());
    return new RestoreOrders(List.of(), List.of(request), () -> {});
  }

  private ManagedOrders managedOrders(Session session) {
    return new ManagedOrders(target, items, mask, resume, () -> Role.of(session));
  }

  private RestoreOrder order(Session session, Vault vault, CatalogEntry entry) {
    return new RestoreOrder(
        target.nameFor(entry.tableName()),
        Optional.of(entry.point().table()),
        onLost -> OpenContent.of(vault, entry, onLost, session.output()::warning));
  }

  private List<CatalogEntry> entries(Session session, Catalog catalog) {
    Selector selector = selector();
    List<String> patterns = new ArrayList<>(tables);
    subjects.stream().filter(text -> !ContentSelection.isId(text)).forEach(patterns::add);
    if (patterns.isEmpty()) {
      return List.of(catalog.find(selector));
    }
    Set<String> names = names(catalog, new TableSelection(patterns, Map.of()));
    if (names.size() > 1) {
      target.requireSeveralAllowed();
    }
    List<Outcome<CatalogEntry>> entries = new ArrayList<>();
    for (String name : names) {
      try {
        CatalogEntry entry = catalog.find(name, selector);
        entries.add(new Outcome<>(name, Optional.of(entry), Optional.empty()));
      } catch (DynavaultException e) {
        entries.add(new Outcome<>(name, Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, entries);
  }

  /** Plain names are looked up even if the vault has none, so that each is named in its error. */
  private static Set<String> names(Catalog catalog, TableSelection selection) {
    Set<String> names = new TreeSet<>(selection.names());
    if (!selection.isNamesOnly()) {
      catalog.tableNames().stream().filter(selection::selectsName).forEach(names::add);
    }
    if (names.isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_NOT_FOUND,
          "unable to find a recovery point of a table that matches '"
              + String.join("', '", selection.patterns())
              + "'");
    }
    return names;
  }

  private Selector selector() {
    List<String> ids = new ArrayList<>(id == null ? List.of() : List.of(id));
    subjects.stream().filter(ContentSelection::isId).forEach(ids::add);
    if (ids.size() > 1) {
      throw usage(
          "unable to select a recovery point by '" + String.join("' and '", ids) + "'",
          "give one; --table takes names of tables that look like ids");
    }
    if (at == null) {
      return ids.isEmpty() ? new Selector.Latest() : Selector.parse(ids.get(0));
    }
    if (!ids.isEmpty()) {
      throw usage(
          "unable to select a recovery point by '" + ids.get(0) + "' and by time",
          "give one of both");
    }
    return new Selector.At(at);
  }

  private static DynavaultException usage(String message, String hint) {
    return new DynavaultException(ErrorCode.USAGE, message, hint);
  }

  private static void requireDistinctTargets(List<String> targets) {
    Set<String> names = new TreeSet<>();
    for (String target : targets) {
      if (!names.add(target)) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to restore two tables to one: '" + target + "'",
            "change --rename so that every table has a name of its own");
      }
    }
  }
}
