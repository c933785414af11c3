// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.cli.command.ItemChoice;
import io.dynavault.cli.command.MaskOptions;
import io.dynavault.cli.command.MomentTables;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.ToTime;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.awsbackup.Role;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a restore is told on the command line, beside the settings. */
final class RestoreCommandOptions {
  @Mixin private RestoreSubjects subjects = new RestoreSubjects();
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
    Optional<BackupArn> backup = subjects.backup();
    if (backup.isPresent() && subjects.toTime().isEmpty()) {
      return byArn(session, backup.get());
    }
    subjects.toTime().ifPresent(this::requireOptionsOfMoment);
    List<StoreLocation> locations = subjects.locations(session);
    if (!locations.isEmpty()) {
      return byLocation(session, locations);
    }
    OpenVault open = session.wiring().openVault();
    try {
      Vault vault = open.vault();
      if (subjects.toTime().isPresent()) {
        List<RestoreOrder> orders = toMoment(session, vault, subjects.toTime().get());
        requireDistinctTargets(orders.stream().map(RestoreOrder::targetTable).toList());
        return new RestoreOrders(orders, List.of(), open::close);
      }
      List<CatalogEntry> entries =
          subjects.entries(session, vault.catalog(), target::requireSeveralAllowed);
      if (entries.stream().anyMatch(entry -> entry.point().method().isManaged())) {
        if (isImport()) {
          throw notImported("a backup that AWS keeps");
        }
        List<ManagedRestoreRequest> managed = managedOrders(session).of(entries);
        requireDistinctTargets(managed.stream().map(ManagedRestoreRequest::tableName).toList());
        return new RestoreOrders(List.of(), managed, open::close);
      }
      List<RestoreOrder> orders =
          entries.stream().map(entry -> order(session, vault, entry)).toList();
      requireDistinctTargets(orders.stream().map(RestoreOrder::targetTable).toList());
      return new RestoreOrders(orders, List.of(), open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private List<RestoreOrder> toMoment(Session session, Vault vault, ToTime time) {
    MomentOrders orders = new MomentOrders(session, vault, target, resume);
    return orders.of(new MomentTables(vault).select(subjects.patterns()), time);
  }

  private void requireOptionsOfMoment(ToTime moment) {
    subjects.requireTablesOnly(moment);
    if (isImport()) {
      throw usage(
          "unable to restore to a moment with --via import: AWS imports the files of one export",
          "leave --via out");
    }
    if (resume && moment.isMoving()) {
      throw usage(
          "unable to resume a restore to '%s': that is another moment now".formatted(moment.text()),
          "give the time that the interrupted restore has named, such as --to-time"
              + " 2026-11-21T09:30:00Z");
    }
  }

  private RestoreOrders byLocation(Session session, List<StoreLocation> locations) {
    String table = target.nameForExport(subjects.tables());
    RestoreOrder order =
        new RestoreOrder(
            table,
            target.definitionForExport(table),
            onLost -> OpenContent.of(session.wiring(), locations, subjects.at()),
            Optional.empty());
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
        onLost -> OpenContent.of(vault, entry, onLost, session.output()::warning),
        Optional.empty());
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
