// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.Export;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.layout.ExportLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the manifests of an export say something else than its record. Both have checksums, so the
 * one or the other was written wrong or exchanged on purpose.
 */
final class ManifestAgreement {
  private static final String REMEDY =
      "do not trust this recovery point before you know who changed it; restore another one";

  private final RecoveryPoint point;
  private final String filesKey;
  private final String summaryKey;
  private final List<Finding> findings = new ArrayList<>();

  private ManifestAgreement(RecoveryPoint point) {
    this.point = point;
    this.filesKey = point.export().exportPrefix() + "/" + ExportLayout.MANIFEST_FILES;
    this.summaryKey = point.export().exportPrefix() + "/" + ExportLayout.MANIFEST_SUMMARY;
  }

  static List<Finding> of(RecoveryPoint point, Export export) {
    ManifestAgreement agreement = new ManifestAgreement(point);
    agreement.compareFiles(export);
    agreement.compareSummary(export.summary());
    export
        .notes()
        .forEach(
            note ->
                agreement.findings.add(
                    Finding.warning(point.export().exportPrefix(), note, REMEDY)));
    return agreement.findings;
  }

  private void compareFiles(Export export) {
    Map<String, StoredFile> recorded = new HashMap<>();
    point.export().dataFiles().forEach(file -> recorded.put(file.key(), file));
    for (ExportFile file : export.files()) {
      StoredFile stored = recorded.remove(file.key());
      if (stored == null) {
        differ(filesKey, "it lists '" + file.key() + "', which the record does not name");
      } else if (stored.itemCount() != file.dataFile().itemCount()) {
        differ(
            filesKey,
            "'%s' has %d items by it, %d by the record"
                .formatted(file.key(), file.dataFile().itemCount(), stored.itemCount()));
      }
    }
    recorded
        .keySet()
        .forEach(key -> differ(filesKey, "it does not list '" + key + "', which the record names"));
  }

  private void compareSummary(ManifestSummary summary) {
    if (summary.itemCount() != point.export().itemCount()) {
      differ(
          summaryKey,
          "it says %d items, the record %d"
              .formatted(summary.itemCount(), point.export().itemCount()));
    }
    if (summary.outputFormat() != point.export().outputFormat()) {
      differ(summaryKey, "its format is not that of the record");
    }
    if (!window(summary.span()).equals(point.export().window())) {
      differ(summaryKey, "its window is not that of the record");
    }
    if (!summary.tableArn().equals(point.table().tableArn())) {
      differ(summaryKey, "its table is not that of the record");
    }
  }

  private static Optional<ExportWindow> window(ExportSpan span) {
    return span instanceof ExportSpan.Window window
        ? Optional.of(new ExportWindow(window.from(), window.to(), window.view()))
        : Optional.empty();
  }

  private void differ(String key, String what) {
    findings.add(Finding.error(key, what, REMEDY));
  }
}
