// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.VaultKeys;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commit record: what an export's manifests do not hold. Written once, last; never changed.
 *
 * @param startTime when reading the table began
 * @param endTime when the last item was read
 * @param exportPrefix key of the export's folder below the vault's root, such as {@code
 *     2026-11-21/orders/AWSDynamoDB/01795000000000-0a1b2c3d}
 * @param itemCount items in all data files
 * @param itemBytes their size by DynamoDB's rules
 * @param files every file of the export with its checksum, manifests included
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
    String exportPrefix,
    OutputFormat outputFormat,
    Compression compression,
    long itemCount,
    long itemBytes,
    List<StoredFile> files,
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
    requireNonNull(exportPrefix, "exportPrefix is null");
    requireNonNull(outputFormat, "outputFormat is null");
    requireNonNull(compression, "compression is null");
    files = List.copyOf(files);
    requireNonNull(consistency, "consistency is null");
    requireNonNull(deleteAfter, "deleteAfter is null");
    tags = Map.copyOf(tags);
    requireNonNull(toolVersion, "toolVersion is null");
    checkExportPrefix(exportPrefix);
    checkFiles(files, exportPrefix, itemCount);
  }

  public String tableName() {
    return table.tableName();
  }

  /** The same recovery point with another end of its lifecycle. */
  public RecoveryPoint withDeleteAfter(Instant time) {
    return new RecoveryPoint(
        id,
        method,
        table,
        startTime,
        endTime,
        exportPrefix,
        outputFormat,
        compression,
        itemCount,
        itemBytes,
        files,
        consistency,
        filtered,
        Optional.of(time),
        tags,
        toolVersion);
  }

  /** Stored bytes of all files. */
  public long storedBytes() {
    return files.stream().mapToLong(StoredFile::size).sum();
  }

  /**
   * Whether the export's folder was made by us for this recovery point alone, so that everything in
   * it may go with it. The folder of an export that AWS made may be recorded more than once.
   */
  public boolean ownsFolder() {
    return method == Method.SCAN && ownsFolder(table.tableName(), id, exportPrefix);
  }

  static boolean ownsFolder(String tableName, RecoveryPointId id, String exportPrefix) {
    return ObjectKeys.parseExport(exportPrefix + "/")
        .filter(key -> key.table().equals(tableName) && key.exportId().equals(id.value()))
        .isPresent();
  }

  /** A record must not point at what is not its own: what it names is read, copied and deleted. */
  private static void checkExportPrefix(String prefix) {
    boolean plain =
        !prefix.isEmpty()
            && List.of(prefix.split("/", -1)).stream().allMatch(RecoveryPoint::isPart);
    if (!plain || prefix.indexOf('/') < 0 || VaultKeys.isOwn(prefix)) {
      throw new IllegalArgumentException("exportPrefix is not the folder of an export");
    }
  }

  private static void checkFiles(List<StoredFile> files, String prefix, long itemCount) {
    Set<String> keys = new HashSet<>();
    long items = 0;
    for (StoredFile file : files) {
      String key = file.key();
      boolean inside =
          key.startsWith(prefix + "/")
              && List.of(key.substring(prefix.length() + 1).split("/", -1)).stream()
                  .allMatch(RecoveryPoint::isPart);
      if (!inside) {
        throw new IllegalArgumentException("a file lies outside of exportPrefix");
      }
      if (!keys.add(key)) {
        throw new IllegalArgumentException("a file is named twice: '" + key + "'");
      }
      items += file.itemCount();
    }
    if (items != itemCount) {
      throw new IllegalArgumentException(
          "itemCount is " + itemCount + " but its files have " + items + " items");
    }
  }

  private static boolean isPart(String part) {
    return !part.isEmpty() && !part.equals(".") && !part.equals("..");
  }
}
