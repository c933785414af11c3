// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads and writes {@code manifest-summary.json}. Writes what AWS's files have, in their order:
 * {@code exportType} and {@code outputView} only for incremental exports. Reads also the form of
 * the DynamoDB Developer Guide, whose full exports have an {@code exportType}.
 */
public final class ManifestSummaryParser {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ManifestSummaryParser() {}

  /** One line of compact JSON without a line feed. */
  public static byte[] toJson(ManifestSummary summary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = ManifestJson.generator(out)) {
      json.writeStartObject();
      json.writeStringField("version", summary.version());
      json.writeStringField("exportArn", summary.exportArn());
      json.writeStringField("startTime", TIME.format(summary.startTime()));
      json.writeStringField("endTime", TIME.format(summary.endTime()));
      json.writeStringField("tableArn", summary.tableArn());
      json.writeStringField("tableId", summary.tableId());
      writeTimes(json, summary.span());
      writeDestination(json, summary.destination());
      json.writeStringField("manifestFilesS3Key", summary.manifestFilesS3Key());
      json.writeNumberField("billedSizeBytes", summary.billedSizeBytes());
      json.writeNumberField("itemCount", summary.itemCount());
      json.writeStringField("outputFormat", summary.outputFormat().name());
      if (summary.span() instanceof ExportSpan.Window window) {
        json.writeStringField("outputView", window.view().name());
        json.writeStringField("exportType", window.exportType().name());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return out.toByteArray();
  }

  /** Parses a summary; a field that is missing or wrong is a FormatException that names it. */
  public static ManifestSummary parse(byte[] content) {
    ManifestJson json = ManifestJson.parse(content, 0, content.length);
    return new ManifestSummary(
        json.string("version"),
        json.string("exportArn"),
        time(json, "startTime"),
        time(json, "endTime"),
        json.string("tableArn"),
        json.string("tableId"),
        span(json),
        new ExportDestination(
            json.string("s3Bucket"),
            json.optionalString("s3Prefix"),
            json.optionalString("s3SseAlgorithm").orElse(ExportDestination.DEFAULT_SSE),
            json.optionalString("s3SseKmsKeyId")),
        json.string("manifestFilesS3Key"),
        json.optionalCount("billedSizeBytes").orElse(0L),
        json.count("itemCount"),
        json.optionalConstant("outputFormat", OutputFormat.class)
            .orElseThrow(() -> ManifestJson.missing("outputFormat")));
  }

  private static void writeTimes(JsonGenerator json, ExportSpan span) throws IOException {
    if (span instanceof ExportSpan.Moment moment) {
      json.writeStringField("exportTime", TIME.format(moment.exportTime()));
    } else if (span instanceof ExportSpan.Window window) {
      json.writeStringField("exportFromTime", TIME.format(window.from()));
      json.writeStringField("exportToTime", TIME.format(window.to()));
    }
  }

  private static void writeDestination(JsonGenerator json, ExportDestination destination)
      throws IOException {
    json.writeStringField("s3Bucket", destination.s3Bucket());
    writeOptional(json, "s3Prefix", destination.s3Prefix());
    json.writeStringField("s3SseAlgorithm", destination.s3SseAlgorithm());
    writeOptional(json, "s3SseKmsKeyId", destination.s3SseKmsKeyId());
  }

  private static void writeOptional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeString(value.get());
    } else {
      json.writeNull();
    }
  }

  private static ExportSpan span(ManifestJson json) {
    ExportType type =
        json.optionalConstant("exportType", ExportType.class)
            .orElseGet(
                () ->
                    json.optionalString("exportFromTime").isPresent()
                        ? ExportType.INCREMENTAL_EXPORT
                        : ExportType.FULL_EXPORT);
    return switch (type) {
      case FULL_EXPORT -> new ExportSpan.Moment(time(json, "exportTime"));
      case INCREMENTAL_EXPORT -> window(json);
    };
  }

  private static ExportSpan window(ManifestJson json) {
    Instant from = time(json, "exportFromTime");
    Instant to = time(json, "exportToTime");
    if (to.isBefore(from)) {
      throw new FormatException("'exportToTime' is before 'exportFromTime'");
    }
    return new ExportSpan.Window(from, to, view(json));
  }

  /**
   * The enum and the text of DynamoDB's API model differ in the name of one view: both are read.
   */
  private static ExportView view(ManifestJson json) {
    return json.string("outputView").equals("NEW_IMAGES")
        ? ExportView.NEW_IMAGE
        : json.optionalConstant("outputView", ExportView.class)
            .orElseThrow(() -> ManifestJson.missing("outputView"));
  }

  private static Instant time(ManifestJson json, String name) {
    String text = json.string(name);
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new FormatException("'%s' is not a time: %s".formatted(name, Quoted.of(text)), e);
    }
  }
}
