// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import io.dynavault.core.table.TableDefinition;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.ExportObject;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.layout.ExportLayout;
import java.time.Instant;
import java.util.List;

/**
 * Makes the manifests of an export look as AWS's do, from the table's ARN to the export's.
 *
 * @param place of the vault, since manifests name keys from the root of the bucket
 */
record Manifests(ExportOutline outline, ExportLayout layout, StorePlace place) {

  /** The manifests and their checksums, in the order to store them. */
  List<ExportObject> of(List<WrittenFile> files, Instant ended) {
    List<DataFile> dataFiles = files.stream().map(WrittenFile::dataFile).toList();
    return ExportManifests.of(layout, summary(dataFiles, ended), dataFiles);
  }

  private ManifestSummary summary(List<DataFile> files, Instant ended) {
    TableDefinition table = outline.table();
    ExportSpan span = new ExportSpan.Moment(outline.moment());
    ExportLayout fromRoot = layout.under(place.prefix());
    return new ManifestSummary(
        span.manifestVersion(),
        table.tableArn() + "/export/" + outline.id(),
        outline.id().startTime(),
        ended,
        table.tableArn(),
        table.tableId(),
        span,
        place.destination(layout.prefix()),
        fromRoot.manifestFiles(),
        0,
        files.stream().mapToLong(DataFile::itemCount).sum(),
        outline.outputFormat());
  }
}
