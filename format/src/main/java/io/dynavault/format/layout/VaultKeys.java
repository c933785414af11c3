// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of what a vault keeps beside its records and exports (which are in {@link ObjectKeys}),
 * relative to its root: journals, leases, holds and the lock (docs/format/vault.md, "Tree"). Those
 * of continuous backup are in {@link ContinuousKeys}. Names and ids are checked, so that no key can
 * lead out of its folder.
 */
public final class VaultKeys {
  public static final String CLOCK = "locks/clock.json";
  public static final String LOCK_LOG = "lock/";
  public static final String HOLDS = "holds/";
  public static final String RUNS = "runs/";
  public static final String DELETIONS = "deletions/";
  public static final String RESTORES = "restores/";
  public static final String READING = "locks/reading/";
  public static final String DELETING = "locks/deleting/";

  private static final Set<String> OWN_FOLDERS =
      Set.of(
          "vault.json",
          "lock",
          "locks",
          "recovery-points",
          "holds",
          "runs",
          "deletions",
          "restores",
          "chains",
          "continuous");

  /** What requests to the restore function leave; no recovery point has an id of this form. */
  public static final String RESTORE_REQUESTS = RESTORES + "requests/";

  private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{32}");

  /** Leases of copies of recovery points into this vault. */
  public static final String COPY_LEASES = "locks/copy/";

  private static final Pattern LOG_ENTRY = Pattern.compile("([0-9]{8})\\.json");

  private VaultKeys() {}

  /** Whether the key or prefix lies in a folder that holds the vault's own objects. */
  public static boolean isOwn(String key) {
    int slash = key.indexOf('/');
    return OWN_FOLDERS.contains(slash < 0 ? key : key.substring(0, slash));
  }

  /** An entry of a numbered log such as {@link #LOCK_LOG} or {@link #holds}. */
  public static String logEntry(String log, int number) {
    return log + String.format(Locale.ROOT, "%08d.json", number);
  }

  /** The number of a log's entry; empty for keys of another form. */
  public static Optional<Integer> parseLogEntry(String log, String key) {
    Matcher entry = LOG_ENTRY.matcher(key.startsWith(log) ? key.substring(log.length()) : "");
    return entry.matches() ? Optional.of(Integer.valueOf(entry.group(1))) : Optional.empty();
  }

  /** The log of holds of one recovery point. */
  public static String holds(String table, String id) {
    return HOLDS + point(table, id) + "/";
  }

  /** What the keys of a run's journal begin with. */
  public static String run(String table, String id) {
    return RUNS + point(table, id) + "/";
  }

  /** What a run is going to do. */
  public static String runRecord(String table, String id) {
    return run(table, id) + "run.json";
  }

  /** What the keys of a run's finished files begin with. */
  public static String runFiles(String table, String id) {
    return run(table, id) + "files/";
  }

  /** One finished file of a run. */
  public static String runFile(String table, String id, String name) {
    return runFiles(table, id) + name(name) + ".json";
  }

  /** The journal of a deletion. */
  public static String deletion(String table, String id) {
    return DELETIONS + point(table, id) + ".json";
  }

  /** Table and id of the key of a deletion's journal; empty for keys of another form. */
  public static Optional<RecoveryPointKey> parseDeletion(String key) {
    return parse(key, DELETIONS, ".json");
  }

  /** What the keys of the journals of restores of one recovery point begin with. */
  public static String restores(String table, String id) {
    return RESTORES + point(table, id) + "/";
  }

  /** The journal of one restore. */
  public static String restore(String table, String id, String name) {
    return restores(table, id) + name(name) + ".json";
  }

  /**
   * The answer to a request that restored tables.
   *
   * @param request 32 hexadecimal digits that stand for the request
   */
  public static String restoreAnswer(String request) {
    return RESTORE_REQUESTS + request(request) + ".json";
  }

  /** How far a request has come with one table. */
  public static String restoreCheckpoint(String request, String table) {
    return RESTORE_REQUESTS + request(request) + "/" + Names.table(table) + ".json";
  }

  /** What the key of an answer or a checkpoint says; empty for keys of another form. */
  public static Optional<RestoreRequestKey> parseRestoreRequest(String key) {
    if (!key.startsWith(RESTORE_REQUESTS) || !key.endsWith(".json")) {
      return Optional.empty();
    }
    String rest = key.substring(RESTORE_REQUESTS.length(), key.length() - ".json".length());
    String[] parts = rest.split("/", -1);
    if (parts.length > 2 || !REQUEST.matcher(parts[0]).matches()) {
      return Optional.empty();
    }
    if (parts.length == 1) {
      return Optional.of(new RestoreRequestKey(parts[0], Optional.empty()));
    }
    return Names.isTable(parts[1])
        ? Optional.of(new RestoreRequestKey(parts[0], Optional.of(parts[1])))
        : Optional.empty();
  }

  /** The lease of the one backup of a table that may run. */
  public static String backupLease(String table) {
    return "locks/backup/" + Names.table(table) + "/lease.json";
  }

  /** The lease of the one of all exporters of a table that may record an export. */
  public static String exportLease(String table) {
    return "locks/export/" + Names.table(table) + "/lease.json";
  }

  /** The lease of the one on-demand backup of a table that may be made. */
  public static String onDemandLease(String table) {
    return "locks/on-demand/" + Names.table(table) + "/lease.json";
  }

  /** The lease of the one backup of a table by AWS Backup that may be made. */
  public static String awsBackupLease(String table) {
    return "locks/aws-backup/" + Names.table(table) + "/lease.json";
  }

  /** The lease of the one process that may capture the changes of a table. */
  public static String continuousLease(String table) {
    return "locks/continuous/" + Names.table(table) + "/lease.json";
  }

  /** What asks the process that captures the changes of a table to end. */
  public static String continuousStop(String table) {
    return "locks/continuous/" + Names.table(table) + "/stop.json";
  }

  /** The lease of the one copy of a recovery point that may run. */
  public static String copyLease(String table, String id) {
    return COPY_LEASES + point(table, id) + "/lease.json";
  }

  /** What the keys of the marks on one recovery point begin with. */
  public static String marks(String kind, String table, String id) {
    return kind + point(table, id) + "/";
  }

  /** One mark. */
  public static String mark(String kind, String table, String id, String name) {
    return marks(kind, table, id) + name(name) + ".json";
  }

  /** Table and id of any key of the form {@code <folder><table>/<id><rest>}. */
  public static Optional<RecoveryPointKey> parse(String key, String folder, String rest) {
    if (!key.startsWith(folder) || !key.endsWith(rest)) {
      return Optional.empty();
    }
    return parsePoint(key.substring(folder.length(), key.length() - rest.length()));
  }

  /** Table and id of a key that lies anywhere below {@code <folder><table>/<id>/}. */
  public static Optional<RecoveryPointKey> parseBelow(String key, String folder) {
    if (!key.startsWith(folder)) {
      return Optional.empty();
    }
    String[] parts = key.substring(folder.length()).split("/", 3);
    return parts.length < 3 ? Optional.empty() : parsePoint(parts[0] + "/" + parts[1]);
  }

  private static Optional<RecoveryPointKey> parsePoint(String point) {
    String[] parts = point.split("/", -1);
    if (parts.length != 2 || !Names.isTable(parts[0]) || !Names.isRecoveryPointId(parts[1])) {
      return Optional.empty();
    }
    return Optional.of(new RecoveryPointKey(parts[0], parts[1]));
  }

  private static String point(String table, String id) {
    if (!Names.isRecoveryPointId(id)) {
      throw new IllegalArgumentException("not the id of a recovery point: '" + id + "'");
    }
    return Names.table(table) + "/" + id;
  }

  private static String request(String request) {
    if (!REQUEST.matcher(request).matches()) {
      throw new IllegalArgumentException("not the name of a request: '" + request + "'");
    }
    return request;
  }

  private static String name(String name) {
    return Names.segment(name, "name of a file");
  }
}
