// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

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
 * Makes the manifests of a backup look as AWS's do, from the table's ARN to the export's.
 *
 * @param place of the vault, since manifests name keys from the root of the bucket
 */
record Manifests(BackupPlan plan, ExportLayout layout, StorePlace place) {

  /** The manifests and their checksums, in the order to store them. */
  List<ExportObject> of(List<FileState> files, Instant ended) {
    List<DataFile> dataFiles = files.stream().map(FileState::dataFile).toList();
    return ExportManifests.of(layout, summary(dataFiles, ended), dataFiles);
  }

  private ManifestSummary summary(List<DataFile> files, Instant ended) {
    TableDefinition table = plan.table();
    Instant started = plan.id().startTime();
    ExportSpan span = new ExportSpan.Moment(started);
    ExportLayout fromRoot = layout.under(place.prefix());
    return new ManifestSummary(
        span.manifestVersion(),
        table.tableArn() + "/export/" + plan.id(),
        started,
        ended,
        table.tableArn(),
        table.tableId(),
        span,
        place.destination(layout.prefix()),
        fromRoot.manifestFiles(),
        0,
        files.stream().mapToLong(DataFile::itemCount).sum(),
        plan.options().outputFormat());
  }
}
