// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static io.dynavault.aws.imports.ImportRunTest.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.format.export.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class FilesInBucketTest {
  private static final String LINE = "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n";

  private final ObjectStore bucket = MemoryStore.isolated(InstantSource.system());

  private void put(String key, String content) {
    bucket.put(key, content.getBytes(UTF_8));
  }

  private ImportFiles find(String place) {
    return find(place, Optional.empty(), Optional.empty(), CsvColumns.defaults());
  }

  private ImportFiles find(
      String place,
      Optional<ImportFormat> format,
      Optional<Compression> compression,
      CsvColumns csv) {
    return FilesInBucket.find(
        bucket,
        new StoreLocation.Bucket("files", place),
        List.of("pk"),
        new FilesInBucket.Wanted(format, compression, csv, Optional.empty()));
  }

  @Test
  void aFolderIsTakenWithItsSlashSoThatItsNeighboursAreNot() {
    put("in/1.json", LINE);
    put("in/sub/2.json", LINE + LINE);
    put("in.bak/3.json", LINE);
    put("inside.csv", "pk");

    ImportFiles files = find("in");

    assertThat(files.prefix()).isEqualTo("in/");
    assertThat(files.count()).isEqualTo(2);
    assertThat(files.storedBytes()).isEqualTo(3L * LINE.length());
    assertThat(files.format()).isEqualTo(ImportFormat.DYNAMODB_JSON);
    assertThat(files.compression()).isEqualTo(Compression.NONE);
    assertThat(files.location()).isEqualTo("s3://files/in/");
  }

  @Test
  void anObjectIsTakenAloneOrNotAtAll() {
    put("in/a.json", LINE);
    assertThat(find("in/a.json").prefix()).isEqualTo("in/a.json");

    put("in/a.json.bak", LINE);
    DynavaultException failure = failure(() -> find("in/a.json"));

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(failure).hasMessageContaining("1 other objects begin with its name");
  }

  @Test
  void namesThatBeginAlikeAndAWholeBucketAreTaken() {
    put("part-1.json", LINE);
    put("part-2.json", LINE);

    assertThat(find("part-").count()).isEqualTo(2);
    assertThat(find("part-").prefix()).isEqualTo("part-");
    assertThat(find("").prefix()).isEmpty();
    assertThat(find("").count()).isEqualTo(2);
  }

  @Test
  void aPlaceWithoutFilesWouldMakeAnEmptyTable() {
    DynavaultException failure = failure(() -> find("in"));

    assertThat(failure.code()).isEqualTo(ErrorCode.OBJECT_NOT_FOUND);
    assertThat(failure).hasMessage("unable to import 's3://files/in': there are no files");
  }

  @Test
  void theFolderOfAnExportIsRefusedForItsManifests() {
    put("raw/AWSDynamoDB/0179-1/manifest-summary.json", "{}");
    put("raw/AWSDynamoDB/0179-1/data/x.json.gz", "");

    DynavaultException failure = failure(() -> find("raw/AWSDynamoDB/0179-1"));

    assertThat(failure).hasMessageContaining("AWS would import those, too");
    assertThat(failure.hint())
        .contains("dynavault restore s3://files/raw/AWSDynamoDB/0179-1 --via import");
    assertThat(find("raw/AWSDynamoDB/0179-1/data").compression()).isEqualTo(Compression.GZIP);
  }

  @Test
  void whatNamesDoNotTellHasToBeSaid() {
    put("in/1", LINE);
    put("in/2.gz", LINE);

    assertThat(failure(() -> find("in")).hint()).contains("--format");
    assertThat(
            failure(
                    () ->
                        find(
                            "in",
                            Optional.of(ImportFormat.DYNAMODB_JSON),
                            Optional.empty(),
                            CsvColumns.defaults()))
                .hint())
        .contains("--compression");
    ImportFiles files =
        find(
            "in",
            Optional.of(ImportFormat.DYNAMODB_JSON),
            Optional.of(Compression.NONE),
            CsvColumns.defaults());
    assertThat(files.count()).isEqualTo(2);
  }

  @Test
  void theFirstFileThatHasSomethingIsLookedInto() {
    put("in/0.json", "");
    put("in/1.json", "[{\"pk\":\"plain\"}]");

    assertThat(failure(() -> find("in")))
        .hasMessageContaining("'in/1.json' does not begin with a line {\"Item\":");
  }

  @Test
  void compressedFilesAreLookedIntoToo() {
    bucket.put("in/1.csv.gz", gzip("\"pk\",note\na,b\n"));
    assertThat(find("in").format()).isEqualTo(ImportFormat.CSV);

    bucket.put("other/1.csv.gz", gzip("id,note\na,b\n"));
    DynavaultException failure = failure(() -> find("other"));
    assertThat(failure).hasMessageContaining("has no column 'pk', which is a key of the table");

    put("plain/1.csv.gz", "pk,note\n");
    assertThat(failure(() -> find("plain"))).hasMessageContaining("cannot be read as gzip");
  }

  @Test
  void theHeaderThatIsGivenHasToNameTheKeys() {
    put("in/1.csv", "a;b\n");
    CsvColumns right = new CsvColumns(Optional.of(';'), List.of("pk", "note"));
    CsvColumns wrong = new CsvColumns(Optional.of(';'), List.of("PK", "note"));

    assertThat(find("in", Optional.empty(), Optional.empty(), right).csv()).isEqualTo(right);
    assertThat(failure(() -> find("in", Optional.empty(), Optional.empty(), wrong)).hint())
        .contains("--header");
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
