// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.format.change.ChangeLines;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.ExportDestination;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.ExportObject;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ItemChange;
import io.dynavault.format.layout.ExportLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exports of the table orders, as AWS writes them, in memory; each in two data files. */
public final class TestingChain {
  private static final String TABLE_ARN = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";

  public final MemoryStore store;
  private final List<RecoveryPoint> points = new ArrayList<>();

  public TestingChain() {
    this(MemoryStore.isolated(InstantSource.system()));
  }

  public TestingChain(MemoryStore store) {
    this.store = store;
  }

  /** All that was made so far. */
  public List<RecoveryPoint> points() {
    return points;
  }

  public RecoveryPoint full(String time, String... items) {
    List<byte[]> lines = new ArrayList<>();
    for (String item : items) {
      lines.add(("{\"Item\":" + item + "}").getBytes(UTF_8));
    }
    return export(new ExportSpan.Moment(Instant.parse(time)), lines, OutputFormat.DYNAMODB_JSON);
  }

  public RecoveryPoint window(
      String from, String to, OutputFormat format, List<ItemChange> changes) {
    return export(
        new ExportSpan.Window(Instant.parse(from), Instant.parse(to), ExportView.NEW_IMAGE),
        changes.stream().map(change -> ChangeLines.encode(change, format)).toList(),
        format);
  }

  private RecoveryPoint export(ExportSpan span, List<byte[]> lines, OutputFormat format) {
    try {
      Instant end =
          span instanceof ExportSpan.Window window
              ? window.to()
              : ((ExportSpan.Moment) span).exportTime();
      String id = "%014d-%08x".formatted(end.toEpochMilli() + 60_000, points.size());
      ExportLayout layout = new ExportLayout("exports", id);
      List<DataFile> files = new ArrayList<>();
      files.add(dataFile(span, layout, "a" + points.size(), lines.subList(0, lines.size() / 2)));
      files.add(
          dataFile(
              span, layout, "b" + points.size(), lines.subList(lines.size() / 2, lines.size())));
      for (ExportObject object :
          ExportManifests.of(layout, summary(span, layout, format, lines.size()), files)) {
        store.put(object.key(), object.content());
      }
      return record(id, end, layout.folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataFile dataFile(ExportSpan span, ExportLayout layout, String name, List<byte[]> lines)
      throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataFileWriter writer = DataFileWriter.open(content, Compression.GZIP)) {
      for (byte[] line : lines) {
        writer.writeLine(line, 0, line.length);
      }
      String file = name + ".json.gz";
      String key =
          span instanceof ExportSpan.Window ? layout.sharedDataFile(file) : layout.dataFile(file);
      DataFile written = writer.finish().toDataFile(key);
      store.put(key, content.toByteArray());
      return written;
    }
  }

  private static ManifestSummary summary(
      ExportSpan span, ExportLayout layout, OutputFormat format, int items) {
    return new ManifestSummary(
        span.manifestVersion(),
        TABLE_ARN + "/export/" + layout.exportId(),
        Instant.EPOCH,
        Instant.EPOCH,
        TABLE_ARN,
        TestingPoints.point("orders", Instant.EPOCH).table().tableId(),
        span,
        ExportDestination.of("bucket", layout.prefix()),
        layout.manifestFiles(),
        0,
        items,
        format);
  }

  private RecoveryPoint record(String id, Instant end, String folder) {
    RecoveryPoint point =
        new RecoveryPoint(
            new RecoveryPointId(id),
            Method.EXPORT,
            TestingPoints.point("orders", Instant.EPOCH).table(),
            end,
            end,
            ExportSurvey.of(store, folder).export(),
            RecoveryPoint.Consistency.POINT_IN_TIME,
            false,
            Optional.empty(),
            Map.of(),
            "test");
    points.add(point);
    return point;
  }
}
