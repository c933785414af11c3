// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.TestingPoints;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFile;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.ExportDestination;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.ExportObject;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import io.dynavault.format.item.ItemSize;
import io.dynavault.format.layout.ExportLayout;
import io.dynavault.format.layout.ObjectKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recovery points with real data files, written as a backup writes them. */
public final class TestingExport {
  static final String START = "2026-11-21T09:30:00.123Z";

  private final RecoveryPoint template;
  private final ExportLayout layout;
  private final OutputFormat format;
  private final Compression compression;
  private final List<StoredFile> stored = new ArrayList<>();
  private final List<DataFile> dataFiles = new ArrayList<>();
  private final List<ExportObject> objects = new ArrayList<>();
  private long itemBytes;

  public TestingExport(String table, String start, OutputFormat format, Compression compression) {
    this.template = TestingPoints.point(table, start);
    LocalDate day = LocalDate.ofInstant(Instant.parse(start), ZoneOffset.UTC);
    this.layout = ObjectKeys.export(day, table, template.id().value());
    this.format = format;
    this.compression = compression;
    add(ExportManifests.started(layout));
  }

  /** JSON and gzip, of the table orders, with a partition key pk of type S. */
  public static TestingExport orders() {
    return new TestingExport("orders", START, OutputFormat.DYNAMODB_JSON, Compression.GZIP);
  }

  static RunContext context() {
    return RunContext.system("test", new StopSignal());
  }

  static VerifyResult verify(VerifyTarget target, VerifyLevel level) {
    return verify(target, level, context());
  }

  static VerifyResult verify(VerifyTarget target, VerifyLevel level, RunContext context) {
    try {
      return new VerifyRun(VerifyRequest.of(target, level, 2), context, ManagedBackups.none())
          .run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static VerifyResult verify(Vault vault, VerifyLevel level) {
    return verify(new VerifyTarget.WholeVault(vault), level);
  }

  /** One more data file with these items, given as DynamoDB JSON. */
  public TestingExport file(String... items) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataFileSummary summary = write(bytes, items);
      String name = "file" + dataFiles.size() + format.suffix() + compression.suffix();
      String key = layout.dataFile(name);
      dataFiles.add(summary.toDataFile(key));
      stored.add(new StoredFile(key, bytes.size(), summary.sha256(), summary.itemCount()));
      objects.add(new ExportObject(key, bytes.toByteArray()));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the export, and its record. */
  public RecoveryPoint commit(TestingVault testing) {
    RecoveryPoint point = store(testing.memory);
    try (Lease lease = testing.vault.leases().acquire(LeaseName.backup(point.tableName()))) {
      return testing.vault.commit(point, lease).point();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes the export without a record. */
  public RecoveryPoint store(ObjectStore store) {
    ExportManifests.of(layout, summary(), dataFiles).forEach(this::add);
    objects.forEach(object -> store.put(object.key(), object.content()));
    return record(itemBytes);
  }

  RecoveryPoint record(long bytes) {
    return new RecoveryPoint(
        template.id(),
        template.method(),
        template.table(),
        template.startTime(),
        template.endTime(),
        new StoredExport(
            layout.folder(),
            format,
            compression,
            stored.stream().mapToLong(StoredFile::itemCount).sum(),
            bytes,
            stored,
            Optional.empty()),
        template.consistency(),
        false,
        template.deleteAfter(),
        template.tags(),
        template.toolVersion());
  }

  public ExportLayout layout() {
    return layout;
  }

  List<DataFile> dataFiles() {
    return dataFiles;
  }

  ManifestSummary summary() {
    ExportSpan span = new ExportSpan.Moment(template.startTime());
    return new ManifestSummary(
        span.manifestVersion(),
        template.table().tableArn() + "/export/" + template.id(),
        template.startTime(),
        template.endTime(),
        template.table().tableArn(),
        template.table().tableId(),
        span,
        ExportDestination.of("mem", layout.prefix()),
        layout.manifestFiles(),
        0,
        dataFiles.stream().mapToLong(DataFile::itemCount).sum(),
        format);
  }

  private void add(ExportObject object) {
    objects.add(object);
    stored.add(new StoredFile(object.key(), object.content().length, object.sha256(), 0));
  }

  private DataFileSummary write(ByteArrayOutputStream bytes, String... items) throws IOException {
    try (DataFileWriter writer = DataFileWriter.open(bytes, compression)) {
      for (String item : items) {
        byte[] json = item.getBytes(UTF_8);
        itemBytes += size(json);
        if (format == OutputFormat.DYNAMODB_JSON) {
          writer.writeItem(json, 0, json.length);
        } else {
          byte[] line = IonText.encodeLine(DynamoDbJson.decode(json));
          writer.writeLine(line, 0, line.length - 1);
        }
      }
      return writer.finish();
    }
  }

  /** Items that are malformed on purpose have no size. */
  private static int size(byte[] json) {
    try {
      return ItemSize.of(json, 0, json.length);
    } catch (FormatException e) {
      return 0;
    }
  }
}
