// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A complete export as its manifests describe it, found where it is now.
 *
 * @param folder key of the export's folder below the source's root, without a slash at its end
 * @param files all data files, also those without items
 * @param notes what is unusual but no defect, such as a missing checksum file; one sentence each
 */
public record Export(
    String folder, ManifestSummary summary, List<ExportFile> files, List<String> notes) {
  public Export {
    requireNonNull(folder, "folder is null");
    requireNonNull(summary, "summary is null");
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
