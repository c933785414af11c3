// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An import that was begun: what DescribeImport tells of it. */
final class StubImport {
  private static final String LOG_GROUP = "/aws-dynamodb/imports";

  private final String id;
  private final Instant startTime;
  private final StubRequest request;
  private final String token;
  private final Pending pending;
  private final ObjectNode ending = Wire.object();
  private String status = "IN_PROGRESS";
  private String tableId = UUID.randomUUID().toString();
  private boolean appeared;
  private List<ImportFiles.Problem> problems = List.of();

  StubImport(String id, Instant startTime, StubRequest request, String token, Pending pending) {
    this.id = requireNonNull(id, "id is null");
    this.startTime = requireNonNull(startTime, "startTime is null");
    this.request = requireNonNull(request, "request is null");
    this.token = requireNonNull(token, "token is null");
    this.pending = requireNonNull(pending, "pending is null");
  }

  String arn() {
    return tableArn() + "/import/" + id;
  }

  String tableArn() {
    return StubContext.tableArn(request.region(), tableName());
  }

  String tableName() {
    return table().path("TableName").asText();
  }

  String bucket() {
    return request.members().path("S3BucketSource").path("S3Bucket").asText();
  }

  /** The members of CreateTable. */
  ObjectNode table() {
    return (ObjectNode) request.members().path("TableCreationParameters");
  }

  StubRequest request() {
    return request;
  }

  String token() {
    return token;
  }

  Instant startTime() {
    return startTime;
  }

  Pending pending() {
    return pending;
  }

  boolean isInWork() {
    return status.equals("IN_PROGRESS");
  }

  /** Whether AWS has begun to make the table. */
  boolean hasAppeared() {
    return appeared;
  }

  void appear(String newTableId) {
    appeared = true;
    tableId = newTableId;
  }

  /** The table is there with what could be read. */
  void end(Instant endTime, ImportFiles files) {
    problems = files.problems();
    ending.put("ProcessedSizeBytes", files.bytes());
    ending.put("ProcessedItemCount", files.processed());
    ending.put("ImportedItemCount", files.imported());
    if (problems.isEmpty()) {
      status = "COMPLETED";
      ending.put("EndTime", Wire.seconds(endTime));
    } else {
      fail(
          endTime,
          "ItemValidationError",
          "Some of the items failed validation checks and were not imported. Please check"
              + " CloudWatch error logs for more details.");
    }
  }

  void fail(Instant endTime, String code, String message) {
    status = "FAILED";
    ending.put("EndTime", Wire.seconds(endTime));
    ending.put("FailureCode", code);
    ending.put("FailureMessage", message);
  }

  /** The events of its error log, as CloudWatch Logs has them. */
  List<ObjectNode> log() {
    return problems.stream().map(this::event).toList();
  }

  private ObjectNode event(ImportFiles.Problem problem) {
    ObjectNode message = Wire.object();
    message
        .putObject("itemS3Pointer")
        .put("bucket", bucket())
        .put("key", problem.key())
        .put("itemIndex", problem.index());
    message.put("importArn", arn()).putArray("errorMessages").add(problem.message());
    return Wire.object()
        .put("logStreamName", id + "/error")
        .put("timestamp", startTime.toEpochMilli())
        .put("message", message.toString());
  }

  ObjectNode description() {
    ObjectNode members = request.members();
    ObjectNode description = Wire.object();
    description.put("ImportArn", arn()).put("ImportStatus", status);
    description.put("TableArn", tableArn()).put("TableId", tableId).put("ClientToken", token);
    description.set("S3BucketSource", source());
    description.put("ErrorCount", problems.size());
    description.put("CloudWatchLogGroupArn", logGroupArn());
    for (String member : List.of("InputFormat", "InputFormatOptions")) {
      if (members.hasNonNull(member)) {
        description.set(member, members.get(member));
      }
    }
    description.put("InputCompressionType", members.path("InputCompressionType").asText("NONE"));
    description.set("TableCreationParameters", members.path("TableCreationParameters"));
    description.put("StartTime", Wire.seconds(startTime));
    return description.setAll(ending.deepCopy());
  }

  ObjectNode summary() {
    ObjectNode summary = Wire.object();
    summary.put("ImportArn", arn()).put("ImportStatus", status).put("TableArn", tableArn());
    summary.set("S3BucketSource", source());
    summary.put("CloudWatchLogGroupArn", logGroupArn());
    summary.set("InputFormat", request.members().path("InputFormat"));
    summary.put("StartTime", Wire.seconds(startTime));
    JsonNode ended = ending.path("EndTime");
    return ended.isMissingNode() ? summary : summary.set("EndTime", ended);
  }

  private ObjectNode source() {
    ObjectNode source = request.members().path("S3BucketSource").deepCopy();
    return source.has("S3BucketOwner") ? source : source.put("S3BucketOwner", StubContext.ACCOUNT);
  }

  private String logGroupArn() {
    return "arn:aws:logs:%s:%s:log-group:%s:*"
        .formatted(request.region(), StubContext.ACCOUNT, LOG_GROUP);
  }
}
