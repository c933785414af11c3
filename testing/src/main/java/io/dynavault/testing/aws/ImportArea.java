// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.testing.aws.CreatingTables.Creating;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Imports from S3 (API reference, "ImportTable" and its neighbours), which read the files of the
 * buckets that a test declares, and the log of what they could not read. A table is unknown until
 * DescribeImport has looked once, as it is for half a minute at AWS.
 */
final class ImportArea implements ServiceArea {
  private static final int MOST_AT_ONCE = 50;
  private static final int MOST_OF_A_PAGE = 25;
  private static final int DEFAULT_PAGE = 10;
  private static final Duration TOKEN_LIFE = Duration.ofHours(8);
  private static final String ARN =
      "arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:[0-9]+:table/[a-zA-Z0-9_.-]+/import/[0-9a-f-]+";

  private enum Format {
    DYNAMODB_JSON,
    ION,
    CSV
  }

  private enum CompressionType {
    ZSTD,
    NONE,
    GZIP
  }

  private final StubContext context;
  private final Map<String, ObjectStore> buckets = new HashMap<>();
  private final List<StubImport> imports = new ArrayList<>();

  ImportArea(StubContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public void register(Operations operations) {
    operations.dynamoDb("ImportTable", this::start);
    operations.dynamoDb("DescribeImport", this::describe);
    operations.dynamoDb("ListImports", this::list);
    operations.json("Logs_20140328", "FilterLogEvents", this::filterLog);
  }

  /** Lets imports read a bucket, whose root is the store's. */
  void bucket(String name, ObjectStore root) {
    buckets.put(name, root);
  }

  private JsonNode start(StubRequest request) {
    checkShapes(request);
    Instant now = context.clock().instant();
    String table = request.members().path("TableCreationParameters").path("TableName").asText();
    Optional<StubImport> same = sameToken(request, table, now);
    boolean exists = context.tables().describe(request.call(), table).isPresent();
    if (same.isPresent() && (same.get().isInWork() || !exists)) {
      return answer(same.get()); // whatever else was asked for
    }
    if (exists) {
      throw AwsError.of("ResourceInUseException", "Table already exists: " + table);
    }
    if (imports.stream().filter(StubImport::isInWork).count() >= MOST_AT_ONCE) {
      throw AwsError.of(
          "LimitExceededException",
          "Only 50 import operations are allowed simultaneously per account");
    }
    StubImport begun =
        new StubImport(
            context.newId(now),
            now,
            request,
            request.text("ClientToken").orElseGet(() -> UUID.randomUUID().toString()),
            context.pending());
    imports.add(begun);
    return answer(begun);
  }

  private Optional<StubImport> sameToken(StubRequest request, String table, Instant now) {
    Optional<String> token = request.text("ClientToken");
    Optional<StubImport> same =
        imports.stream()
            .filter(known -> token.filter(known.token()::equals).isPresent())
            .filter(known -> known.startTime().plus(TOKEN_LIFE).isAfter(now))
            .findFirst();
    if (same.filter(known -> !known.tableName().equals(table)).isPresent()) {
      throw AwsError.of(
          "ImportConflictException",
          "Import conflict: Duplicate request detected with conflicting parameters");
    }
    return same;
  }

  private JsonNode describe(StubRequest request) {
    String arn = request.required("ImportArn");
    if (!arn.matches(ARN)) {
      throw AwsError.validation("Invalid Import ARN");
    }
    StubImport found =
        imports.stream()
            .filter(known -> known.arn().equals(arn))
            .findFirst()
            .orElseThrow(() -> AwsError.of("ImportNotFoundException", "Import not found: " + arn));
    if (found.isInWork()) {
      look(found);
    }
    return answer(found);
  }

  private void look(StubImport found) {
    Instant now = context.clock().instant();
    ObjectStore bucket = buckets.get(found.bucket());
    if (bucket == null) {
      if (found.pending().look()) {
        found.fail(
            now,
            "S3NoSuchBucket",
            "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error"
                + " Code: NoSuchBucket; Request ID: 1; Proxy: null)");
      }
      return;
    }
    HttpCall caller = found.request().call();
    if (!found.hasAppeared() && context.tables().describe(caller, found.tableName()).isPresent()) {
      found.fail(now, "TableAlreadyExists", "Table already exists: " + found.tableName());
      return;
    }
    ImportFiles files = new ImportFiles(bucket, found.request().members()).read();
    if (!found.hasAppeared()) {
      context.tables().create(caller, found.table(), files.items());
      found.appear(
          context
              .tables()
              .describe(caller, found.tableName())
              .orElseThrow()
              .path("TableId")
              .asText());
      context
          .creating()
          .begin(found.tableName(), new Creating(found.pending(), Wire.object(), found.arn()));
    }
    if (found.pending().look()) {
      found.end(now, files);
    }
  }

  private JsonNode list(StubRequest request) {
    int asked =
        Shapes.number(
            request.integer("PageSize").orElse(DEFAULT_PAGE), "PageSize", 1, MOST_OF_A_PAGE);
    List<StubImport> wanted = new ArrayList<>();
    for (int newest = imports.size() - 1; newest >= 0; newest--) {
      StubImport known = imports.get(newest);
      if (request.text("TableArn").map(known.tableArn()::equals).orElse(true)) {
        wanted.add(known);
      }
    }
    int from = request.text("NextToken").map(ImportArea::position).orElse(0);
    int to = Math.min(wanted.size(), from + context.pageSize(asked));
    ObjectNode answer = Wire.object();
    ArrayNode summaries = answer.putArray("ImportSummaryList");
    wanted.subList(from, to).forEach(known -> summaries.add(known.summary()));
    if (to < wanted.size()) {
      answer.put("NextToken", "%016x".formatted(to).repeat(7));
    }
    return answer;
  }

  private static int position(String token) {
    if (!token.matches("([0-9a-f]{16})+") || token.length() < 112) {
      throw AwsError.validation("Invalid Request: Provided nextToken is invalid");
    }
    return Integer.parseInt(token.substring(0, 16), 16);
  }

  /** One event a page, after an empty page, as CloudWatch may answer. */
  private JsonNode filterLog(StubRequest request) {
    if (!request.required("logGroupName").equals("/aws-dynamodb/imports")) {
      throw AwsError.of("ResourceNotFoundException", "The specified log group does not exist.");
    }
    String prefix = request.text("logStreamNamePrefix").orElse("");
    List<ObjectNode> events =
        imports.stream()
            .flatMap(known -> known.log().stream())
            .filter(event -> event.path("logStreamName").asText().startsWith(prefix))
            .limit(request.integer("limit").orElse(10_000))
            .toList();
    ObjectNode answer = Wire.object();
    ArrayNode page = answer.putArray("events");
    int from = request.text("nextToken").map(Integer::parseInt).orElse(-1);
    if (from >= 0 && from < events.size()) {
      page.add(events.get(from));
    }
    if (from + 1 < events.size()) {
      answer.put("nextToken", String.valueOf(from + 1));
    }
    return answer;
  }

  private static void checkShapes(StubRequest request) {
    if (request.members().path("S3BucketSource").path("S3Bucket").asText().isEmpty()) {
      throw StubRequest.missing("S3BucketSource.s3Bucket");
    }
    Format format =
        Shapes.constant(request.required("InputFormat"), "InputFormat", Format.values());
    request
        .text("InputCompressionType")
        .ifPresent(text -> Shapes.constant(text, "InputCompressionType", CompressionType.values()));
    if (request.members().path("InputFormatOptions").has("Csv") && format != Format.CSV) {
      throw AwsError.validation(
          "Invalid Request: Unsupported InputFormatOptions for the given input format: "
              + format
              + ".");
    }
    JsonNode table = request.members().path("TableCreationParameters");
    if (!table.path("BillingMode").asText("PROVISIONED").equals("PAY_PER_REQUEST")
        && !table.has("ProvisionedThroughput")) {
      throw AwsError.validation(
          "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits"
              + " must both be specified when BillingMode is PROVISIONED");
    }
  }

  private static JsonNode answer(StubImport known) {
    return Wire.object().set("ImportTableDescription", known.description());
  }
}
