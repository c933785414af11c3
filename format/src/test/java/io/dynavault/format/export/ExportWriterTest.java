// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportWriterTest {
  private static final String ID = "01767323045678-0a1b2c3d";
  private static final byte[] ITEM = "{\"pk\":{\"S\":\"a\"}}".getBytes(UTF_8);

  /** A vault at s3://acme-exports/vault: keys of its store are relative to that place. */
  private static final ExportLayout LAYOUT = new ExportLayout("2026-01-02/Orders", ID);

  private static final ExportLayout FROM_BUCKET = LAYOUT.under("vault");

  private final MemoryExport store = new MemoryExport();
  private final ExportWriter writer = new ExportWriter(LAYOUT, store);

  @Test
  void writesWhatAReaderNeedsBeforeTheSummary() throws Exception {
    writer.start();
    DataFile file = dataFile("a.json.gz");
    writer.finish(summary(1), List.of(file));

    assertThat(store.objects.keySet())
        .containsExactly(
            LAYOUT.started(),
            LAYOUT.dataFile("a.json.gz"),
            LAYOUT.manifestFiles(),
            LAYOUT.manifestFilesMd5(),
            LAYOUT.manifestSummaryMd5(),
            LAYOUT.manifestSummary());
    assertThat(store.objects.get(LAYOUT.started())).isEmpty();
    assertThat(store.items(LAYOUT.folder())).containsExactly(ITEM);
  }

  @Test
  void writesChecksumsOfTheManifestsWithoutALineFeed() throws Exception {
    writer.finish(summary(1), List.of(dataFile("a.json.gz")));

    byte[] md5 =
        MessageDigest.getInstance("MD5").digest(store.objects.get(LAYOUT.manifestSummary()));
    assertThat(new String(store.objects.get(LAYOUT.manifestSummaryMd5()), UTF_8))
        .isEqualTo(Base64.getEncoder().encodeToString(md5));
  }

  @Test
  void saysWhatItWroteWithItsDigest() throws Exception {
    List<ExportObject> written = writer.finish(summary(1), List.of(dataFile("a.json.gz")));

    assertThat(written).hasSize(4);
    for (ExportObject object : written) {
      byte[] stored = store.objects.get(object.key());
      assertThat(stored).isEqualTo(object.content());
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(stored);
      assertThat(object.sha256()).isEqualTo(HexFormat.of().formatHex(sha256));
    }
  }

  @Test
  void isNotTakenForCompleteWhereverItStops() throws Exception {
    writer.start();
    List<DataFile> files = List.of(dataFile("a.json.gz"), dataFile("b.json.gz"));
    writer.finish(summary(2), files);

    List<String> keys = new ArrayList<>(store.objects.keySet());
    for (int stop = 0; stop < keys.size(); stop++) {
      MemoryExport crashed = new MemoryExport();
      keys.subList(0, stop).forEach(key -> crashed.put(key, store.objects.get(key)));
      assertThatExceptionOfType(FormatException.class)
          .as("stopped before %s", keys.get(stop))
          .isThrownBy(() -> crashed.items(LAYOUT.folder()))
          .withMessageContaining("manifest-summary.json is missing");
    }
  }

  @Test
  void isReadFromThePlaceAboveTheVaultToo() throws Exception {
    writer.finish(summary(1), List.of(dataFile("a.json.gz")));
    MemoryExport bucket = new MemoryExport();
    store.objects.forEach((key, content) -> bucket.put("vault/" + key, content));

    assertThat(bucket.items(FROM_BUCKET.folder())).containsExactly(ITEM);
  }

  @Test
  void findsEveryChangedBit() throws Exception {
    writer.start();
    writer.finish(summary(2), List.of(dataFile("a.json.gz"), dataFile("b.json.gz")));
    assertThat(store.items(LAYOUT.folder())).hasSize(2);

    int flips = 0;
    for (String key : List.copyOf(store.objects.keySet())) {
      byte[] good = store.objects.get(key);
      for (int bit = 0; bit < good.length * 8; bit++) {
        byte[] bad = good.clone();
        bad[bit / 8] ^= (byte) (1 << (bit % 8));
        store.put(key, bad);
        assertThatThrownBy(() -> store.items(LAYOUT.folder()))
            .as("bit %d of %s", bit, key)
            .isInstanceOf(FormatException.class);
        flips++;
      }
      store.put(key, good);
    }
    assertThat(flips).isGreaterThan(8_000);
  }

  @Test
  void findsEveryTruncation() throws Exception {
    writer.finish(summary(1), List.of(dataFile("a.json.gz")));

    for (String key : List.copyOf(store.objects.keySet())) {
      byte[] good = store.objects.get(key);
      for (int length = 0; length < good.length; length++) {
        store.put(key, Arrays.copyOf(good, length));
        assertThatThrownBy(() -> store.items(LAYOUT.folder()))
            .as("%d bytes of %s", length, key)
            .isInstanceOf(FormatException.class);
      }
      store.put(key, good);
    }
  }

  @Test
  void writesAnIncrementalExportWhoseFilesAreShared() throws Exception {
    ExportSpan window =
        new ExportSpan.Window(
            Instant.parse("2026-01-02T03:00:00Z"),
            Instant.parse("2026-01-02T03:30:00Z"),
            ExportView.NEW_IMAGE);
    DataFile file =
        store.dataFile(
            LAYOUT.sharedDataFile("a.json.gz"),
            FROM_BUCKET.sharedDataFile("a.json.gz"),
            Compression.GZIP,
            List.of(ITEM));
    writer.finish(summary(1, window, FROM_BUCKET.prefix(), ID), List.of(file));

    Export export = ExportReader.read(store, LAYOUT.folder());
    assertThat(export.summary().span()).isEqualTo(window);
    assertThat(export.files())
        .extracting(ExportFile::key)
        .containsExactly("2026-01-02/Orders/AWSDynamoDB/data/a.json.gz");
  }

  @Test
  void writesNothingWhenSummaryAndFilesDoNotAgree() throws Exception {
    DataFile file = dataFile("a.json.gz");
    store.objects.clear();

    assertRefused(summary(2), List.of(file), "itemCount is not the sum over the data files");
    assertRefused(summary(2), List.of(file, file), "data file is listed twice");
    DataFile elsewhere =
        new DataFile(1, file.md5Checksum(), file.etag(), LAYOUT.dataFile("a.json.gz"));
    assertRefused(summary(1), List.of(elsewhere), "data file is not where the format wants it");
    assertRefused(summary(1, moment(), "elsewhere", ID), List.of(file), "s3Prefix does not end in");
    assertRefused(
        summary(1, moment(), FROM_BUCKET.prefix(), "01767323045678-ffffffff"),
        List.of(file),
        "exportArn has another export id");
    assertThat(store.objects).isEmpty();
  }

  @Test
  void passesOnWhatTheSinkThrows() {
    ExportWriter failing =
        new ExportWriter(
            LAYOUT,
            (key, content) -> {
              throw new IOException("no space left");
            });

    assertThatThrownBy(failing::start).isInstanceOf(IOException.class).hasMessage("no space left");
  }

  private void assertRefused(ManifestSummary summary, List<DataFile> files, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.finish(summary, files))
        .withMessageContaining(message);
  }

  private DataFile dataFile(String name) throws IOException {
    return store.dataFile(
        LAYOUT.dataFile(name), FROM_BUCKET.dataFile(name), Compression.GZIP, List.of(ITEM));
  }

  private static ExportSpan moment() {
    return new ExportSpan.Moment(Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  private static ManifestSummary summary(long items) {
    return summary(items, moment(), FROM_BUCKET.prefix(), ID);
  }

  private static ManifestSummary summary(
      long items, ExportSpan span, String s3Prefix, String exportId) {
    String tableArn = "arn:aws:dynamodb:us-east-1:111122223333:table/Orders";
    return new ManifestSummary(
        span.manifestVersion(),
        tableArn + "/export/" + exportId,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        Instant.parse("2026-01-02T03:09:41.002Z"),
        tableArn,
        "5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47",
        span,
        ExportDestination.of("acme-exports", s3Prefix),
        new ExportLayout(s3Prefix, ID).manifestFiles(),
        0,
        items,
        OutputFormat.DYNAMODB_JSON);
  }
}
