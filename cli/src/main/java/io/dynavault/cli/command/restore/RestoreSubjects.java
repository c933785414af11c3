// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.ondemand.BackupArn;
import io.dynavault.cli.command.ContentSelection;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.command.ToTime;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.TableSelection;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How a restore is told what to restore. */
final class RestoreSubjects {
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

  @Option(
      names = "--to-time",
      paramLabel = "TIME|latest|-SPAN",
      converter = ToTime.Converter.class,
      description = {
        "the tables as they were at a moment, all at the same one: a time such as",
        "2026-11-21T09:30:00Z, the latest that all of them can reach, or a span before now such as",
        "-15m; by continuous backup to the second, by exports at their ends"
      })
  private @Nullable ToTime toTime;

  /** The latest state of an export's location that is meant. */
  Optional<Instant> at() {
    return Optional.ofNullable(at);
  }

  /** The moment to which tables are restored; empty where recovery points are. */
  Optional<ToTime> toTime() {
    return Optional.ofNullable(toTime);
  }

  /** Names that are given by their option. */
  List<String> tables() {
    return tables;
  }

  /** Names of tables, with wildcards. */
  List<String> patterns() {
    List<String> patterns = new ArrayList<>(tables);
    subjects.stream().filter(text -> !ContentSelection.isId(text)).forEach(patterns::add);
    return patterns;
  }

  /**
   * Refuses what cannot be together with a moment.
   *
   * @param moment the one that is given
   */
  void requireTablesOnly(ToTime moment) {
    if (subjects.stream().anyMatch(OpenContent::isLocation)) {
      throw usage(
          "unable to restore to the moment '%s': exports have no moments but their ends"
              .formatted(moment.text()),
          "give it with --at: that is the newest state that is not later");
    }
    if (at != null || id != null || subjects.stream().anyMatch(RestoreSubjects::isNoTable)) {
      throw usage(
          "unable to restore to the moment '%s': something else than tables is given, too"
              .formatted(moment.text()),
          "give tables; --table takes names of tables that look like ids");
    }
  }

  private static boolean isNoTable(String subject) {
    return ContentSelection.isId(subject) || OpenContent.isLocation(subject);
  }

  /** The on-demand backup that is given by its ARN. */
  Optional<BackupArn> backup() {
    Optional<BackupArn> backup =
        subjects.stream().flatMap(text -> BackupArn.find(text).stream()).findFirst();
    if (backup.isPresent()
        && (subjects.size() > 1 || id != null || at != null || !tables.isEmpty())) {
      throw usage(
          "unable to restore backup '"
              + backup.get()
              + "': something else to restore is given, too",
          "give its ARN and --target-table");
    }
    return backup;
  }

  /** The locations of exports; empty where something else is given. */
  List<StoreLocation> locations(Session session) {
    subjects.forEach(RestoreSubjects::requireNoBarePoint);
    if (subjects.stream().noneMatch(OpenContent::isLocation)) {
      return List.of();
    }
    if (!subjects.stream().allMatch(OpenContent::isLocation) || id != null) {
      throw usage(
          "unable to restore an export: something else to restore is given, too",
          "give its location and --target-table");
    }
    return subjects.stream().map(session.wiring()::location).toList();
  }

  /** Without a record nobody knows the table, so that AWS is only asked for a job. */
  private static void requireNoBarePoint(String subject) {
    if (subject.matches("arn:[^:]+:backup:.*")) {
      throw usage(
          "unable to restore '" + subject + "' by its ARN: no vault has a record of it",
          "start the job of AWS Backup with: dynavault aws-backup restore " + subject);
    }
  }

  /**
   * The recovery points that are meant, one of each table.
   *
   * @param several fails where several tables cannot be restored at once
   */
  List<CatalogEntry> entries(Session session, Catalog catalog, Runnable several) {
    Selector selector = selector();
    List<String> patterns = patterns();
    if (patterns.isEmpty()) {
      return List.of(catalog.find(selector));
    }
    Set<String> names = names(catalog, new TableSelection(patterns, Map.of()));
    if (names.size() > 1) {
      several.run();
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
}
