// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ExportView;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ItemChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Exports to S3 (API reference, "ExportTableToPointInTime" and its neighbours), which write real
 * files into the buckets that a test declares. What a table was at a moment comes from the
 * snapshots that the test took for point-in-time recovery, or else from the table as it is.
 */
final class ExportArea implements ServiceArea {
  private static final int MOST_OF_A_PAGE = 25;
  private static final int DEFAULT_PAGE = 10;
  private static final Duration TOKEN_LIFE = Duration.ofHours(8);
  private static final String ARN =
      "arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]+:table/[a-zA-Z0-9_.-]+";

  private enum Type {
    FULL_EXPORT,
    INCREMENTAL_EXPORT
  }

  private enum Encryption {
    AES256,
    KMS
  }

  private static final int DEFAULT_FILES = 3;

  private final StubContext context;
  private final Map<String, ObjectStore> buckets = new HashMap<>();
  private final List<StubExport> exports = new ArrayList<>();
  private int files = DEFAULT_FILES;

  ExportArea(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("ExportTableToPointInTime", this::start);
    operations.dynamoDb("DescribeExport", this::describe);
    operations.dynamoDb("ListExports", this::list);
  }

  /** Lets exports be written into a bucket, whose root is the store's. */
  void bucket(String name, ObjectStore root) {
    buckets.put(name, root);
  }

  /** Lets exports have so many data files, of which the last one is empty. */
  void dataFiles(int count) {
    files = count;
  }

  private JsonNode start(StubRequest request) {
    Instant now = context.clock().instant();
    ExportTimes times = new ExportTimes(request, now);
    checkShapes(request);
    times.checkSpecification();
    String name = StubContext.tableName(tableArn(request));
    TableSnapshot table =
        TableSnapshot.take(context.tables(), request.call(), name)
            .orElseThrow(() -> tableNotFound(request));
    times.checkCreation(table);
    RecoveryWindow recovery =
        context
            .pitr()
            .window(name)
            .orElseThrow(
                () ->
                    AwsError.of(
                        "PointInTimeRecoveryUnavailableException",
                        "Point in time recovery is not enabled for table '" + name + "'"));
    Optional<StubExport> same = sameToken(request, now);
    if (same.isPresent()) {
      return answer(same.get());
    }
    StubExport export = begin(request, table, times.span(recovery), now);
    exports.add(export);
    Optional.ofNullable(buckets.get(export.bucket()))
        .ifPresent(bucket -> new ExportFiles(bucket, export, files).start());
    return answer(export);
  }

  private StubExport begin(StubRequest request, TableSnapshot table, ExportSpan span, Instant now) {
    Instant startTime =
        span instanceof ExportSpan.Window ? now.truncatedTo(ChronoUnit.SECONDS) : now;
    List<JsonNode> items = List.of();
    List<ItemChange> changes = List.of();
    if (span instanceof ExportSpan.Window window) {
      changes =
          new ItemChanges(
                  context.pitr().at(request.call(), table.name(), window.from()),
                  context.pitr().at(request.call(), table.name(), window.to()),
                  window)
              .list();
    } else {
      items =
          request.has("ExportTime")
              ? context
                  .pitr()
                  .at(request.call(), table.name(), ((ExportSpan.Moment) span).exportTime())
                  .items()
              : table.items();
    }
    return new StubExport(
        context.newId(startTime),
        startTime,
        table,
        span,
        request,
        request.text("ClientToken").orElseGet(() -> UUID.randomUUID().toString()),
        context.pending(),
        items,
        changes);
  }

  private JsonNode describe(StubRequest request) {
    String arn = request.required("ExportArn");
    if (!arn.matches(ARN + "/export/[0-9]{14}-[0-9a-f]{8}")) {
      throw AwsError.validation("Invalid Export ARN");
    }
    String region = arn.split(":")[3];
    if (!region.equals(request.region()) && !region.equals("ddblocal")) {
      throw AwsError.of("ExportNotFoundException", "Export not found: Invalid export arn");
    }
    requireAccount(arn);
    StubExport export =
        exports.stream()
            .filter(known -> known.arn().equals(arn))
            .findFirst()
            .orElseThrow(
                () ->
                    AwsError.of(
                        "ExportNotFoundException", "Export not found: Export not found: " + arn));
    if (export.look()) {
      end(export);
    }
    return answer(export);
  }

  private void end(StubExport export) {
    Instant now = context.clock().instant();
    ObjectStore bucket = buckets.get(export.bucket());
    if (bucket == null) {
      export.fail(
          now,
          "S3NoSuchBucket",
          "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code:"
              + " NoSuchBucket; Request ID: 1; S3 Extended Request ID: 1; Proxy: null)");
      return;
    }
    new ExportFiles(bucket, export, files).finish(now);
  }

  private JsonNode list(StubRequest request) {
    int asked =
        Shapes.number(
            request.integer("MaxResults").orElse(DEFAULT_PAGE), "MaxResults", 1, MOST_OF_A_PAGE);
    int size = context.pageSize(asked);
    List<StubExport> wanted = new ArrayList<>();
    for (int newest = exports.size() - 1; newest >= 0; newest--) {
      if (isListed(request, exports.get(newest))) {
        wanted.add(exports.get(newest));
      }
    }
    int from = request.text("NextToken").map(token -> after(wanted, token)).orElse(0);
    int to = Math.min(wanted.size(), from + size);
    ObjectNode answer = Wire.object();
    ArrayNode summaries = answer.putArray("ExportSummaries");
    wanted.subList(from, to).forEach(export -> summaries.add(export.summary()));
    if (to < wanted.size()) {
      answer.put("NextToken", wanted.get(to - 1).arn());
    }
    return answer;
  }

  /** Exports belong to an incarnation: those of a deleted table are not listed by its name. */
  private boolean isListed(StubRequest request, StubExport export) {
    Optional<String> arn = request.text("TableArn");
    if (arn.isEmpty()) {
      return true;
    }
    return export.tableArn().equals(arn.get())
        && context
            .tables()
            .describe(request.call(), StubContext.tableName(arn.get()))
            .filter(table -> table.path("TableId").asText().equals(export.tableId()))
            .isPresent();
  }

  private static int after(List<StubExport> exports, String token) {
    for (int i = 0; i < exports.size(); i++) {
      if (exports.get(i).arn().equals(token)) {
        return i + 1;
      }
    }
    throw AwsError.validation("Invalid Request: Provided nextToken is invalid: " + token);
  }

  private Optional<StubExport> sameToken(StubRequest request, Instant now) {
    Optional<String> token = request.text("ClientToken");
    Optional<StubExport> same =
        exports.stream()
            .filter(export -> token.filter(export.token()::equals).isPresent())
            .filter(export -> export.startTime().plus(TOKEN_LIFE).isAfter(now))
            .findFirst();
    if (same.filter(export -> !export.isSame(request)).isPresent()) {
      throw AwsError.of(
          "ExportConflictException",
          "Export conflict: Duplicate request detected with conflicting parameters");
    }
    return same;
  }

  private static void checkShapes(StubRequest request) {
    request.required("S3Bucket");
    request
        .text("ExportFormat")
        .ifPresent(text -> Shapes.constant(text, "ExportFormat", OutputFormat.values()));
    request
        .text("ExportType")
        .ifPresent(text -> Shapes.constant(text, "ExportType", Type.values()));
    request
        .text("S3SseAlgorithm")
        .ifPresent(text -> Shapes.constant(text, "S3SseAlgorithm", Encryption.values()));
    JsonNode view = request.members().path("IncrementalExportSpecification").path("ExportViewType");
    if (view.isTextual()) {
      Shapes.constant(
          view.asText(), "IncrementalExportSpecification.exportViewType", ExportView.values());
    }
    if (request.has("S3SseKmsKeyId")
        && request.text("S3SseAlgorithm").filter("KMS"::equals).isEmpty()) {
      throw AwsError.validation(
          "Invalid Request: KMS Key Id is not supported for this encryption type");
    }
  }

  private static String tableArn(StubRequest request) {
    String arn = request.required("TableArn");
    if (!arn.startsWith("arn:")) {
      throw AwsError.validation(
          "One or more parameter values were invalid: tableArn is not a valid ARN");
    }
    if (!arn.matches(ARN)) {
      throw AwsError.validation("Invalid Request: Table ARN is invalid.");
    }
    requireAccount(arn);
    String region = arn.split(":")[3];
    if (!region.equals(request.region()) && !region.equals("ddblocal")) {
      throw tableNotFound(request);
    }
    return arn;
  }

  /** The stub's own, or the one of a DynamoDB for tests. */
  private static void requireAccount(String arn) {
    String account = arn.split(":")[4];
    if (!account.equals(StubContext.ACCOUNT) && !account.equals("000000000000")) {
      throw AwsError.of("AccessDeniedException", "Access is denied");
    }
  }

  private static AwsError tableNotFound(StubRequest request) {
    return AwsError.of(
        "TableNotFoundException", "Table not found: " + request.required("TableArn"));
  }

  private static JsonNode answer(StubExport export) {
    return Wire.object().set("ExportDescription", export.description());
  }
}
