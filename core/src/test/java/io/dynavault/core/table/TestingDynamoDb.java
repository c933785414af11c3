// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.dynamodb.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** The control plane of DynamoDB for a few tables, in memory; remembers what was called. */
public final class TestingDynamoDb implements DynamoDbClient {
  static final String ARN_PREFIX = "arn:aws:dynamodb:eu-central-1:111122223333:table/";

  final Map<String, TableDescription> tables = new TreeMap<>();
  final Map<String, Map<String, String>> tagsByArn = new HashMap<>();
  final Map<String, String> policiesByArn = new HashMap<>();
  final Map<String, TimeToLiveDescription> timeToLive = new HashMap<>();
  final Map<String, PointInTimeRecoveryDescription> recovery = new HashMap<>();

  /** Operations that answer with this error, as often as it is in the list. */
  final Map<String, Deque<String>> errors = new HashMap<>();

  /** Operations that always answer with this error. */
  final Map<String, String> alwaysErrors = new HashMap<>();

  /** What DescribeTable answers before the table as it is. */
  final Deque<UnaryOperator<TableDescription>> describedAs = new ArrayDeque<>();

  public final List<String> calls = new ArrayList<>();
  Optional<CreateTableRequest> createRequest = Optional.empty();

  /** Clients of it. */
  public TableClients clients() {
    return new TableClients(this, Optional.empty());
  }

  /** The next calls of an operation fail with these errors. */
  void fail(String operation, String... names) {
    errors.computeIfAbsent(operation, o -> new ArrayDeque<>()).addAll(List.of(names));
  }

  public void failAlways(String operation, String name) {
    alwaysErrors.put(operation, name);
  }

  static String arn(String table) {
    return ARN_PREFIX + table;
  }

  private void called(String operation) {
    calls.add(operation);
    Deque<String> next = errors.getOrDefault(operation, new ArrayDeque<>());
    String error = next.isEmpty() ? alwaysErrors.get(operation) : next.removeFirst();
    if (error != null) {
      throw error(error, "because the test says so");
    }
  }

  static DynamoDbException error(String name, String message) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(name).errorMessage(message).build())
            .build();
  }

  private TableDescription table(String name) {
    TableDescription table = tables.get(name);
    if (table == null) {
      throw error("ResourceNotFoundException", "Requested resource not found");
    }
    return table;
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    called("DescribeTable");
    TableDescription table = table(request.tableName());
    if (!describedAs.isEmpty()) {
      table = describedAs.removeFirst().apply(table);
    }
    return DescribeTableResponse.builder().table(table).build();
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    called("CreateTable");
    if (tables.containsKey(request.tableName())) {
      throw error("ResourceInUseException", "Table already exists: " + request.tableName());
    }
    createRequest = Optional.of(request);
    TableDescription table =
        TableDescription.builder()
            .tableName(request.tableName())
            .tableArn(arn(request.tableName()))
            .tableId("id-of-" + request.tableName())
            .tableStatus("ACTIVE")
            .creationDateTime(Instant.now())
            .keySchema(request.keySchema())
            .attributeDefinitions(request.attributeDefinitions())
            .build();
    tables.put(request.tableName(), table);
    return CreateTableResponse.builder().tableDescription(table).build();
  }

  /** Pages of two names. */
  @Override
  public ListTablesResponse listTables(ListTablesRequest request) {
    called("ListTables");
    String after =
        request.exclusiveStartTableName() == null ? "" : request.exclusiveStartTableName();
    List<String> rest = tables.keySet().stream().filter(n -> n.compareTo(after) > 0).toList();
    List<String> page = rest.stream().limit(2).toList();
    return ListTablesResponse.builder()
        .tableNames(page)
        .lastEvaluatedTableName(rest.size() > 2 ? page.get(1) : null)
        .build();
  }

  /** Pages of one tag. */
  @Override
  public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
    called("ListTagsOfResource");
    List<Map.Entry<String, String>> all =
        List.copyOf(
            new TreeMap<>(tagsByArn.getOrDefault(request.resourceArn(), Map.of())).entrySet());
    int index = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    List<Tag> page =
        all.stream()
            .skip(index)
            .limit(1)
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return ListTagsOfResourceResponse.builder()
        .tags(page)
        .nextToken(index + 1 < all.size() ? Integer.toString(index + 1) : null)
        .build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    called("TagResource");
    Map<String, String> tags =
        tagsByArn.computeIfAbsent(request.resourceArn(), arn -> new HashMap<>());
    request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return TagResourceResponse.builder().build();
  }

  @Override
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    called("GetResourcePolicy");
    if (!policiesByArn.containsKey(request.resourceArn())) {
      throw error("PolicyNotFoundException", "no policy");
    }
    return GetResourcePolicyResponse.builder()
        .policy(policiesByArn.get(request.resourceArn()))
        .build();
  }

  @Override
  public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    called("PutResourcePolicy");
    policiesByArn.put(request.resourceArn(), request.policy());
    return PutResourcePolicyResponse.builder().build();
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    called("DescribeTimeToLive");
    return DescribeTimeToLiveResponse.builder()
        .timeToLiveDescription(
            timeToLive.getOrDefault(
                request.tableName(),
                TimeToLiveDescription.builder().timeToLiveStatus("DISABLED").build()))
        .build();
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    called("UpdateTimeToLive");
    timeToLive.put(
        request.tableName(),
        TimeToLiveDescription.builder()
            .timeToLiveStatus(TimeToLiveStatus.ENABLING)
            .attributeName(request.timeToLiveSpecification().attributeName())
            .build());
    return UpdateTimeToLiveResponse.builder().build();
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    called("DescribeContinuousBackups");
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(
            b ->
                b.continuousBackupsStatus("ENABLED")
                    .pointInTimeRecoveryDescription(
                        recovery.getOrDefault(
                            request.tableName(),
                            PointInTimeRecoveryDescription.builder()
                                .pointInTimeRecoveryStatus("DISABLED")
                                .build())))
        .build();
  }

  @Override
  public UpdateContinuousBackupsResponse updateContinuousBackups(
      UpdateContinuousBackupsRequest request) {
    called("UpdateContinuousBackups");
    recovery.put(
        request.tableName(),
        PointInTimeRecoveryDescription.builder()
            .pointInTimeRecoveryStatus("ENABLED")
            .recoveryPeriodInDays(request.pointInTimeRecoverySpecification().recoveryPeriodInDays())
            .build());
    return UpdateContinuousBackupsResponse.builder().build();
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    called("UpdateTable");
    TableDescription.Builder table = table(request.tableName()).toBuilder();
    if (request.streamSpecification() != null) {
      table.streamSpecification(request.streamSpecification());
    }
    if (request.deletionProtectionEnabled() != null) {
      table.deletionProtectionEnabled(request.deletionProtectionEnabled());
    }
    if (request.tableClass() != null) {
      table.tableClassSummary(c -> c.tableClass(request.tableClass()));
    }
    tables.put(request.tableName(), table.build());
    return UpdateTableResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
