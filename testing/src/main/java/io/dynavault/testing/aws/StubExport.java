// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ItemChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An export that was started: what DescribeExport tells of it, and what it is going to write. */
final class StubExport {
  private final String id;
  private final Instant startTime;
  private final TableSnapshot table;
  private final ExportSpan span;
  private final StubRequest request;
  private final String token;
  private final Pending pending;
  private final List<JsonNode> items;
  private final List<ItemChange> changes;
  private String status = "IN_PROGRESS";
  private final ObjectNode ending = Wire.object();

  StubExport(
      String id,
      Instant startTime,
      TableSnapshot table,
      ExportSpan span,
      StubRequest request,
      String token,
      Pending pending,
      List<JsonNode> items,
      List<ItemChange> changes) {
    this.id = requireNonNull(id, "id is null");
    this.startTime = requireNonNull(startTime, "startTime is null");
    this.table = requireNonNull(table, "table is null");
    this.span = requireNonNull(span, "span is null");
    this.request = requireNonNull(request, "request is null");
    this.token = requireNonNull(token, "token is null");
    this.pending = requireNonNull(pending, "pending is null");
    this.items = List.copyOf(items);
    this.changes = List.copyOf(changes);
  }

  String id() {
    return id;
  }

  String arn() {
    return tableArn() + "/export/" + id;
  }

  /** As the request named it, because a DynamoDB for tests has an account of its own. */
  String tableArn() {
    return request.required("TableArn");
  }

  /** A DynamoDB for tests may give none: then it is made of ARN and creation, as we do. */
  String tableId() {
    String id = table.description().path("TableId").asText();
    if (!id.isEmpty()) {
      return id;
    }
    Instant created = Wire.instant(table.description().path("CreationDateTime").decimalValue());
    return UUID.nameUUIDFromBytes((tableArn() + " " + created).getBytes(UTF_8)).toString();
  }

  ExportSpan span() {
    return span;
  }

  Instant startTime() {
    return startTime;
  }

  String token() {
    return token;
  }

  String bucket() {
    return request.required("S3Bucket");
  }

  Optional<String> prefix() {
    return request.text("S3Prefix");
  }

  Optional<String> sse() {
    return request.text("S3SseAlgorithm");
  }

  Optional<String> kmsKey() {
    return request.text("S3SseKmsKeyId");
  }

  OutputFormat format() {
    return request
        .text("ExportFormat")
        .map(OutputFormat::valueOf)
        .orElse(OutputFormat.DYNAMODB_JSON);
  }

  List<JsonNode> items() {
    return items;
  }

  List<ItemChange> changes() {
    return changes;
  }

  /** Whether AWS still works on it. */
  boolean isInWork() {
    return status.equals("IN_PROGRESS");
  }

  /** Looks at it: whether it is time to end it. */
  boolean look() {
    return isInWork() && pending.look();
  }

  /** Whether another request is the same in all but its token. */
  boolean isSame(StubRequest other) {
    ObjectNode mine = request.members().deepCopy();
    ObjectNode theirs = other.members().deepCopy();
    mine.remove("ClientToken");
    theirs.remove("ClientToken");
    return mine.equals(theirs);
  }

  void complete(Instant endTime, String manifest, long billedBytes, long itemCount) {
    status = "COMPLETED";
    ending.put("EndTime", Wire.seconds(endTime));
    ending.put("ExportManifest", manifest);
    ending.put("BilledSizeBytes", billedBytes);
    ending.put("ItemCount", itemCount);
  }

  void fail(Instant endTime, String code, String message) {
    status = "FAILED";
    ending.put("EndTime", Wire.seconds(endTime));
    ending.put("FailureCode", code);
    ending.put("FailureMessage", message);
  }

  ObjectNode description() {
    ObjectNode description = Wire.object();
    description.put("ExportArn", arn()).put("ExportStatus", status);
    description.put("StartTime", Wire.seconds(startTime));
    description.put("TableArn", tableArn()).put("TableId", tableId());
    if (span instanceof ExportSpan.Moment moment) {
      description.put("ExportTime", Wire.seconds(moment.exportTime()));
    }
    description.put("ClientToken", token);
    for (String member : List.of("S3Bucket", "S3BucketOwner", "S3Prefix", "ExportType")) {
      request.text(member).ifPresent(text -> description.put(member, text));
    }
    description.put("S3SseAlgorithm", sse().orElse("AES256"));
    kmsKey().ifPresent(key -> description.put("S3SseKmsKeyId", key));
    description.put("ExportFormat", format().name());
    if (span instanceof ExportSpan.Window window) {
      description
          .putObject("IncrementalExportSpecification")
          .put("ExportFromTime", Wire.seconds(window.from()))
          .put("ExportToTime", Wire.seconds(window.to()))
          .put("ExportViewType", window.view().name());
    }
    return description.setAll(ending.deepCopy());
  }

  ObjectNode summary() {
    return Wire.object()
        .put("ExportArn", arn())
        .put("ExportStatus", status)
        .put("ExportType", span.exportType().name());
  }
}
