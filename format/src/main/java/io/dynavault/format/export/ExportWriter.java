// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.util.List;

/**
 * Writes an export: {@link #start}, then any number of data files by {@link DataFileWriter}s in any
 * order and by any number of threads, then {@link #finish}.
 *
 * <p>A crash before {@code finish} has returned leaves an export without {@code
 * manifest-summary.json}: no reader takes it for complete, and its folder may be deleted.
 */
public final class ExportWriter {
  private final ExportLayout layout;
  private final ExportSink sink;

  public ExportWriter(ExportLayout layout, ExportSink sink) {
    this.layout = requireNonNull(layout, "layout is null");
    this.sink = requireNonNull(sink, "sink is null");
  }

  /** Writes {@code _started}. Fails where data files could not be written either. */
  public ExportObject start() throws IOException {
    ExportObject started = ExportManifests.started(layout);
    put(started);
    return started;
  }

  /**
   * Writes the manifests and their checksums, {@code manifest-summary.json} last. All data files
   * must be durable.
   *
   * @return what was written, in this order
   * @throws IllegalArgumentException when summary and files do not speak of this export; then
   *     nothing was written
   */
  public List<ExportObject> finish(ManifestSummary summary, List<DataFile> files)
      throws IOException {
    List<ExportObject> objects = ExportManifests.of(layout, summary, files);
    for (ExportObject object : objects) {
      put(object);
    }
    return objects;
  }

  private void put(ExportObject object) throws IOException {
    sink.put(object.key(), object.content());
  }
}
