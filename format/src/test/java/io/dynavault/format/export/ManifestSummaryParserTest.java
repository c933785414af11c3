// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynavault.format.FormatException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestSummaryParserTest {
  private static final String FULL =
      """
      {"version":"2020-06-30",\
      "exportArn":"arn:aws:dynamodb:us-east-1:111122223333:table/Orders/export/01767323045678-0a1b2c3d",\
      "startTime":"2026-01-02T03:04:05.678Z","endTime":"2026-01-02T03:09:41.002Z",\
      "tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/Orders",\
      "tableId":"5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47","exportTime":"2026-01-02T03:04:05.000Z",\
      "s3Bucket":"acme-exports","s3Prefix":"nightly/orders","s3SseAlgorithm":"AES256",\
      "s3SseKmsKeyId":null,\
      "manifestFilesS3Key":"nightly/orders/AWSDynamoDB/01767323045678-0a1b2c3d/manifest-files.json",\
      "billedSizeBytes":0,"itemCount":5,"outputFormat":"DYNAMODB_JSON"}\
      """;

  private static final String INCREMENTAL =
      """
      {"version":"2023-08-01",\
      "exportArn":"arn:aws:dynamodb:us-east-1:111122223333:table/Orders/export/01767326700000-1b2c3d4e",\
      "startTime":"2026-01-02T04:05:00.000Z","endTime":"2026-01-02T04:10:12.431Z",\
      "tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/Orders",\
      "tableId":"5f0c2a9e-7d34-4b61-9a52-0c6f1d2e3b47","exportFromTime":"2026-01-02T03:45:00.000Z",\
      "exportToTime":"2026-01-02T04:00:00.000Z","s3Bucket":"acme-exports","s3Prefix":null,\
      "s3SseAlgorithm":"KMS","s3SseKmsKeyId":"alias/export",\
      "manifestFilesS3Key":"AWSDynamoDB/01767326700000-1b2c3d4e/manifest-files.json",\
      "billedSizeBytes":10000000,"itemCount":3,"outputFormat":"ION",\
      "outputView":"NEW_AND_OLD_IMAGES","exportType":"INCREMENTAL_EXPORT"}\
      """;

  @Test
  void readsAFullExport() {
    ManifestSummary summary = parse(FULL);

    assertThat(summary.tableName()).contains("Orders");
    assertThat(summary.exportId()).contains("01767323045678-0a1b2c3d");
    assertThat(summary.span().exportType()).isEqualTo(ExportType.FULL_EXPORT);
    assertThat(summary.span())
        .isEqualTo(new ExportSpan.Moment(Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(summary.destination().s3Prefix()).contains("nightly/orders");
    assertThat(summary.destination().s3SseKmsKeyId()).isEmpty();
  }

  @Test
  void readsAnIncrementalExport() {
    ManifestSummary summary = parse(INCREMENTAL);

    assertThat(summary.span())
        .isEqualTo(
            new ExportSpan.Window(
                Instant.parse("2026-01-02T03:45:00Z"),
                Instant.parse("2026-01-02T04:00:00Z"),
                ExportView.NEW_AND_OLD_IMAGES));
    assertThat(summary.destination().s3Prefix()).isEmpty();
    assertThat(summary.destination().s3SseKmsKeyId()).contains("alias/export");
    assertThat(summary.billedSizeBytes()).isEqualTo(10_000_000);
    assertThat(summary.outputFormat()).isEqualTo(OutputFormat.ION);
  }

  @Test
  void writesWhatItReadByteForByte() {
    assertThat(text(parse(FULL))).isEqualTo(FULL);
    assertThat(text(parse(INCREMENTAL))).isEqualTo(INCREMENTAL);
  }

  @Test
  void leavesTheTypeOfAFullExportOutAsAwsDoes() {
    ManifestSummary guide =
        parse(FULL.replace("\"version\"", "\"exportType\":\"FULL_EXPORT\",\"version\""));

    assertThat(text(guide)).isEqualTo(FULL);
  }

  @Test
  void knowsAnIncrementalExportThatDoesNotSayItsType() {
    ManifestSummary summary =
        parse(INCREMENTAL.replace(",\"exportType\":\"INCREMENTAL_EXPORT\"", ""));

    assertThat(summary).isEqualTo(parse(INCREMENTAL));
  }

  @Test
  void readsBothNamesOfTheViewWithoutOldImages() {
    for (String name : List.of("NEW_IMAGE", "NEW_IMAGES")) {
      assertThat(parse(INCREMENTAL.replace("NEW_AND_OLD_IMAGES", name)).span())
          .isInstanceOfSatisfying(
              ExportSpan.Window.class,
              window -> assertThat(window.view()).isEqualTo(ExportView.NEW_IMAGE));
    }
  }

  @Test
  void readsTimesOfAnyPrecisionAndWritesMilliseconds() {
    ManifestSummary summary =
        parse(FULL.replace("03:04:05.678Z", "03:04:05Z").replace("41.002Z", "41.002999Z"));

    assertThat(text(summary))
        .contains("\"startTime\":\"2026-01-02T03:04:05.000Z\"")
        .contains("\"endTime\":\"2026-01-02T03:09:41.002Z\"");
  }

  @Test
  void keepsTextOfAnyKind() {
    String odd = FULL.replace("nightly/orders\",\"s3Sse", "nächtlich/\\\"q\\\\\\n😀\",\"s3Sse");

    assertThat(text(parse(odd))).isEqualTo(odd);
  }

  @Test
  void toleratesThatOptionalFieldsAreMissing() {
    ManifestSummary summary =
        parse(
            FULL.replace("\"s3Prefix\":\"nightly/orders\",\"s3SseAlgorithm\":\"AES256\",", "")
                .replace("\"s3SseKmsKeyId\":null,", "")
                .replace("\"billedSizeBytes\":0,", ""));

    assertThat(summary.destination()).isEqualTo(ExportDestination.of("acme-exports", ""));
    assertThat(summary.billedSizeBytes()).isZero();
  }

  @Test
  void boundsTheDepthOfFieldsItDoesNotKnow() {
    String deep = "{\"x\":" + "[".repeat(100_000);

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> parse(deep))
        .withMessageStartingWith("not valid JSON");
  }

  @Test
  void repeatsNoControlCharactersInMessages() {
    String forged = FULL.replace("DYNAMODB_JSON", "X\\n\\u001b[31mok\\u202e" + "y".repeat(1000));

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> parse(forged))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("X\\u000a\\u001b[31mok\\u202e")
                    .hasSizeLessThan(500)
                    .doesNotContain("\n", "\u001b", "\u202e"));
  }

  @Test
  void refusesNegativeCountsInARecord() {
    ManifestSummary summary = parse(FULL);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> withCounts(summary, -1, 0))
        .withMessage("billedSizeBytes is negative: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> withCounts(summary, 0, -1))
        .withMessage("itemCount is negative: -1");
  }

  private static ManifestSummary withCounts(ManifestSummary like, long billed, long items) {
    return new ManifestSummary(
        like.version(),
        like.exportArn(),
        like.startTime(),
        like.endTime(),
        like.tableArn(),
        like.tableId(),
        like.span(),
        like.destination(),
        like.manifestFilesS3Key(),
        billed,
        items,
        like.outputFormat());
  }

  private static ManifestSummary parse(String json) {
    return ManifestSummaryParser.parse(json.getBytes(UTF_8));
  }

  private static String text(ManifestSummary summary) {
    return new String(ManifestSummaryParser.toJson(summary), UTF_8);
  }
}
