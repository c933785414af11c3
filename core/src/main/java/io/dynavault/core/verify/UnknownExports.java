// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import io.dynavault.format.layout.VaultExportKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Exports in a vault that belong to no record, no run and no deletion. */
final class UnknownExports {
  private final Set<RecoveryPointKey> known;
  private final Set<String> recordedFolders = new HashSet<>();
  private final Map<String, Found> found = new TreeMap<>();

  private static final class Found {
    private final RecoveryPointKey key;
    private boolean complete;

    private Found(RecoveryPointKey key) {
      this.key = key;
    }
  }

  UnknownExports(Set<RecoveryPointKey> known, List<RecoveryPoint> points) {
    this.known = Set.copyOf(known);
    for (RecoveryPoint point : points) {
      if (point.content() instanceof StoredExport export) {
        recordedFolders.add(export.exportPrefix());
      }
    }
  }

  /** Takes every key of the vault. */
  void look(String key) {
    ObjectKeys.parseExport(key)
        .filter(export -> ObjectKeys.isRecoveryPointId(export.exportId()))
        .ifPresent(export -> look(key, export));
  }

  List<RecoveryPointKey> keys() {
    return found.values().stream().map(export -> export.key).distinct().toList();
  }

  Finding finding(RecoveryPointKey key) {
    Optional<Map.Entry<String, Found>> export =
        found.entrySet().stream().filter(entry -> entry.getValue().key.equals(key)).findFirst();
    String folder = export.map(Map.Entry::getKey).orElse("");
    if (export.isPresent() && export.get().getValue().complete) {
      return Finding.warning(
          folder,
          "a complete export without a record: it is not a recovery point",
          "if its record was lost, put it back or restore the export by its location");
    }
    return Finding.note(
        folder,
        "an export that was not completed, without a run",
        "remove the folder if no other program writes it");
  }

  private void look(String key, VaultExportKey export) {
    RecoveryPointKey point = new RecoveryPointKey(export.table(), export.exportId());
    String folder = ObjectKeys.export(export.day(), export.table(), export.exportId()).folder();
    if (known.contains(point) || recordedFolders.contains(folder)) {
      return;
    }
    Found at = found.computeIfAbsent(folder, unused -> new Found(point));
    at.complete |= key.equals(folder + "/" + ExportLayout.MANIFEST_SUMMARY);
  }
}
