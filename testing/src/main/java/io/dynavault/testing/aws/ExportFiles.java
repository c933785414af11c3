// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.change.ChangeLines;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.ExportDestination;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.ExportObject;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import io.dynavault.format.layout.DataFileName;
import io.dynavault.format.layout.ExportLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes what AWS writes of an export into a bucket: several data files, one of them empty. */
final class ExportFiles {
  /** AWS bills no less for a window (DynamoDB pricing). */
  private static final long LEAST_BILLED = 10_000_000;

  private final ObjectStore bucket;
  private final StubExport export;
  private final int count;
  private final ExportLayout layout;

  /**
   * @param bucket whose root is that of the bucket
   * @param count of data files, the last one empty
   */
  ExportFiles(ObjectStore bucket, StubExport export, int count) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.export = requireNonNull(export, "export is null");
    this.count = count;
    this.layout = layout(export);
  }

  static ExportLayout layout(StubExport export) {
    return new ExportLayout(export.prefix().orElse(""), export.id());
  }

  void start() {
    ExportObject started = ExportManifests.started(layout);
    bucket.put(started.key(), started.content());
  }

  void finish(Instant endTime) {
    try {
      List<DataFile> files = new ArrayList<>();
      SplittableRandom names = new SplittableRandom(export.id().hashCode());
      List<byte[]> lines = lines();
      for (int file = 0; file < count; file++) {
        files.add(dataFile(lines, file, names));
      }
      ManifestSummary summary = summary(endTime, lines.size());
      for (ExportObject object : ExportManifests.of(layout, summary, files)) {
        bucket.put(object.key(), object.content());
      }
      export.complete(
          endTime, layout.manifestSummary(), summary.billedSizeBytes(), summary.itemCount());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataFile dataFile(List<byte[]> lines, int file, SplittableRandom names)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataFileWriter writer = DataFileWriter.open(content, Compression.GZIP)) {
      for (int line = file; file < count - 1 && line < lines.size(); line += count - 1) {
        writer.writeLine(lines.get(line), 0, lines.get(line).length);
      }
      String suffix = export.format() == OutputFormat.ION ? ".ion.gz" : ".json.gz";
      String name = DataFileName.create(names, suffix);
      String key =
          export.span() instanceof ExportSpan.Window
              ? layout.sharedDataFile(name)
              : layout.dataFile(name);
      DataFile stored = writer.finish().toDataFile(key);
      bucket.put(key, content.toByteArray());
      return stored;
    }
  }

  private List<byte[]> lines() {
    if (export.span() instanceof ExportSpan.Window) {
      return export.changes().stream()
          .map(change -> ChangeLines.encode(change, export.format()))
          .toList();
    }
    return export.items().stream().map(this::itemLine).toList();
  }

  private byte[] itemLine(JsonNode item) {
    if (export.format() == OutputFormat.ION) {
      byte[] line = IonText.encodeLine(DynamoDbJson.decode(Wire.bytes(item)));
      return Arrays.copyOf(line, line.length - 1);
    }
    return Wire.bytes(Wire.object().set("Item", item));
  }

  private ManifestSummary summary(Instant endTime, int itemCount) {
    return new ManifestSummary(
        export.span().manifestVersion(),
        export.arn(),
        export.startTime(),
        endTime,
        export.tableArn(),
        export.tableId(),
        export.span(),
        new ExportDestination(
            export.bucket(), export.prefix(), export.sse().orElse("AES256"), export.kmsKey()),
        layout.manifestFiles(),
        export.span() instanceof ExportSpan.Window ? LEAST_BILLED : 0,
        itemCount,
        export.format());
  }
}
