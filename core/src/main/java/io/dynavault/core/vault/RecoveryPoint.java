// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commit record: what neither an export's manifests nor AWS keep. Written once, last; never
 * changed.
 *
 * @param startTime when reading the table began
 * @param endTime when the last item was read
 * @param content where the items are: a {@link StoredExport} of {@code SCAN} and {@code EXPORT}, a
 *     {@link ManagedBackup} of {@code ON_DEMAND} and {@code AWS_BACKUP}
 * @param consistency NON_CONSISTENT for a scan: items written meanwhile may or may not be in it
 * @param filtered true where a filter or projection left items or attributes out
 * @param deleteAfter when expire may remove it, where a lifecycle was given
 * @param tags the user's tags of the recovery point
 * @param toolVersion version that wrote it
 */
public record RecoveryPoint(
    RecoveryPointId id,
    Method method,
    TableDefinition table,
    Instant startTime,
    Instant endTime,
    PointContent content,
    Consistency consistency,
    boolean filtered,
    Optional<Instant> deleteAfter,
    Map<String, String> tags,
    String toolVersion) {

  /** Whether all items are of one moment. */
  public enum Consistency {
    NON_CONSISTENT,
    POINT_IN_TIME
  }

  public RecoveryPoint {
    requireNonNull(id, "id is null");
    requireNonNull(method, "method is null");
    requireNonNull(table, "table is null");
    requireNonNull(startTime, "startTime is null");
    requireNonNull(endTime, "endTime is null");
    requireNonNull(content, "content is null");
    requireNonNull(consistency, "consistency is null");
    requireNonNull(deleteAfter, "deleteAfter is null");
    tags = Map.copyOf(tags);
    requireNonNull(toolVersion, "toolVersion is null");
    checkContent(method, content);
  }

  public String tableName() {
    return table.tableName();
  }

  /**
   * The export that lies in the vault.
   *
   * @throws DynavaultException {@code UNSUPPORTED} if AWS keeps the items
   */
  public StoredExport export() {
    if (content instanceof StoredExport stored) {
      return stored;
    }
    throw new DynavaultException(
        ErrorCode.UNSUPPORTED,
        ("unable to read the files of recovery point '%s' of table '%s':"
                + " method %s leaves its items at AWS")
            .formatted(id, tableName(), method),
        "restore it to a table first; backups with --method scan or export can be read as files");
  }

  /**
   * The export that holds all items of the table.
   *
   * @throws DynavaultException {@code UNSUPPORTED} if AWS keeps the items, or if the export holds
   *     the changes of a window only
   */
  public StoredExport fullExport() {
    StoredExport export = export();
    if (!export.isIncremental()) {
      return export;
    }
    throw new DynavaultException(
        ErrorCode.UNSUPPORTED,
        ("unable to use recovery point '%s' of table '%s' as a table:"
                + " it holds the changes of a window only")
            .formatted(id, tableName()),
        "choose a recovery point of a full backup; see: dynavault list");
  }

  /** Whether it holds the changes of a window only, and cannot be restored alone. */
  public boolean isIncremental() {
    return content instanceof StoredExport stored && stored.isIncremental();
  }

  /** Its files in the vault; none where AWS keeps the items. */
  public List<StoredFile> files() {
    return content.files();
  }

  /** Bytes that it takes, in the vault or at AWS; 0 where AWS has not told. */
  public long storedBytes() {
    return content.storedBytes();
  }

  /** The same recovery point with another end of its lifecycle. */
  public RecoveryPoint withDeleteAfter(Instant time) {
    return new RecoveryPoint(
        id,
        method,
        table,
        startTime,
        endTime,
        content,
        consistency,
        filtered,
        Optional.of(time),
        tags,
        toolVersion);
  }

  /**
   * Whether the export's folder was made for this recovery point alone, so that everything in it
   * may go with it: by us, or by AWS for the export whose id this one has. An export that is
   * recorded under another id may be recorded more than once.
   */
  public boolean ownsFolder() {
    if (!(content instanceof StoredExport stored)) {
      return false;
    }
    return method == Method.SCAN
        ? ownsFolder(table.tableName(), id, stored.exportPrefix())
        : stored.hasId(id.value());
  }

  static boolean ownsFolder(String tableName, RecoveryPointId id, String exportPrefix) {
    return ObjectKeys.parseExport(exportPrefix + "/")
        .filter(key -> key.table().equals(tableName) && key.exportId().equals(id.value()))
        .isPresent();
  }

  private static void checkContent(Method method, PointContent content) {
    if (method.isManaged() != (content instanceof ManagedBackup)) {
      throw new IllegalArgumentException("method " + method + " does not make such a content");
    }
    boolean byAws =
        content instanceof StoredExport stored
            && (stored.isIncremental()
                || stored.files().stream().anyMatch(file -> file.checksum().isMd5()));
    if (method == Method.SCAN && byAws) {
      throw new IllegalArgumentException("method SCAN makes neither windows nor MD5 checksums");
    }
  }
}
