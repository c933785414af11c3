// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The keys of a vault's records and exports, relative to its root; what else it keeps is in {@link
 * VaultKeys}.
 *
 * <pre>
 * vault.json
 * recovery-points/&lt;table&gt;/&lt;id&gt;.json
 * &lt;yyyy-mm-dd&gt;/manifest.json
 * &lt;yyyy-mm-dd&gt;/&lt;table&gt;/AWSDynamoDB/&lt;id&gt;/…
 * </pre>
 *
 * <p>Table names that do not have the form DynamoDB demands are refused with {@link
 * IllegalArgumentException}: a name from outside never becomes a path of its own.
 */
public final class ObjectKeys {
  private static final String RECOVERY_POINTS = "recovery-points/";
  private static final String DAY_MANIFEST = "manifest.json";
  private static final String JSON = ".json";

  /** No table name has this character: it marks a folder whose plain name is taken. */
  private static final String MARK = "~";

  private ObjectKeys() {}

  /** Whether DynamoDB allows a table of this name. */
  public static boolean isTableName(String name) {
    return Names.isTable(name);
  }

  /** The vault's description of itself. */
  public static String vault() {
    return "vault.json";
  }

  /** Prefix of all commit records. */
  public static String recoveryPoints() {
    return RECOVERY_POINTS;
  }

  /** Prefix of the commit records of one table. */
  public static String recoveryPoints(String table) {
    return RECOVERY_POINTS + Names.table(table) + "/";
  }

  /** The commit record of a recovery point. */
  public static String recoveryPoint(String table, String id) {
    if (!Names.isRecoveryPointId(id)) {
      throw new IllegalArgumentException("not the id of a recovery point: '" + id + "'");
    }
    return recoveryPoints(table) + id + JSON;
  }

  /** Whether Dynavault gives ids of this form. */
  public static boolean isRecoveryPointId(String id) {
    return Names.isRecoveryPointId(id);
  }

  /** What the key of a commit record says, or empty when the key is not one. */
  public static Optional<RecoveryPointKey> parseRecoveryPoint(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length != 3 || !key.startsWith(RECOVERY_POINTS) || !parts[2].endsWith(JSON)) {
      return Optional.empty();
    }
    String id = parts[2].substring(0, parts[2].length() - JSON.length());
    if (!Names.isTable(parts[1]) || !Names.isRecoveryPointId(id)) {
      return Optional.empty();
    }
    return Optional.of(new RecoveryPointKey(parts[1], id));
  }

  /** Prefix of everything that was backed up on a day. */
  public static String day(LocalDate day) {
    return day + "/";
  }

  /** The list of what was backed up on a day. */
  public static String dayManifest(LocalDate day) {
    return day(day) + DAY_MANIFEST;
  }

  /** The day of a day's list, or empty when the key is not one. */
  public static Optional<LocalDate> parseDayManifest(String key) {
    if (!key.endsWith("/" + DAY_MANIFEST)) {
      return Optional.empty();
    }
    return parseDay(key.substring(0, key.length() - DAY_MANIFEST.length() - 1));
  }

  /** The keys of the export that a backup writes. */
  public static ExportLayout export(LocalDate day, String table, String exportId) {
    return new ExportLayout(day(day) + tableFolder(table), exportId);
  }

  /**
   * The table of any key of an export in a vault, or empty when the key does not belong to one:
   * {@code gc} sees by it whose debris it has found.
   */
  public static Optional<VaultExportKey> parseExport(String key) {
    String[] parts = key.split("/", 5);
    if (parts.length < 5 || !parts[2].equals(ExportLayout.ROOT_NAME)) {
      return Optional.empty();
    }
    Optional<LocalDate> day = parseDay(parts[0]);
    String table = parts[1].startsWith(MARK) ? parts[1].substring(1) : parts[1];
    if (day.isEmpty() || !Names.isTable(table) || !Names.isExportId(parts[3])) {
      return Optional.empty();
    }
    return Optional.of(new VaultExportKey(day.get(), table, parts[3]));
  }

  /**
   * A table may be called {@code manifest.json}, and then a folder and the day's list would claim
   * one path in a file system.
   */
  private static String tableFolder(String table) {
    Names.table(table);
    return table.equalsIgnoreCase(DAY_MANIFEST) ? MARK + table : table;
  }

  private static Optional<LocalDate> parseDay(String text) {
    if (text.length() != 10) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
