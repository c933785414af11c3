// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.core.transport.SdkClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

class AwsStubTest {
  private static final String ORDERS =
      """
      {"TableName":"Orders","BillingMode":"PAY_PER_REQUEST",
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}]}
      """;

  private final AwsStub stub = AwsStub.start();
  private final DynamoDbClient client = SdkClients.dynamoDb(stub.endpoint("eu-north-1"));
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void declareATable() {
    stub.declareTable(ORDERS, "{\"pk\":{\"S\":\"a\"}}", "{\"pk\":{\"S\":\"b\"}}");
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  @Test
  void hasTheTablesThatWereDeclared() {
    assertThat(client.listTables().tableNames()).containsExactly("Orders");
    assertThat(client.describeTable(r -> r.tableName("Orders")).table())
        .satisfies(
            table -> {
              assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
              assertThat(table.billingModeSummary().billingModeAsString())
                  .isEqualTo("PAY_PER_REQUEST");
              assertThat(table.creationDateTime()).isEqualTo(AwsStub.START);
              assertThat(table.itemCount()).isEqualTo(2);
            });
    assertThat(client.scan(r -> r.tableName("Orders")).items())
        .extracting(item -> item.get("pk").s())
        .containsExactly("a", "b");
    assertThatThrownBy(() -> client.describeTable(r -> r.tableName("Other")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Requested resource not found: Table: Other not found");
  }

  @Test
  void pagesTheTables() {
    stub.declareTable(ORDERS.replace("Orders", "Parts"));

    assertThat(client.listTables(r -> r.limit(1)).lastEvaluatedTableName()).isEqualTo("Orders");
    assertThat(client.listTablesPaginator(r -> r.limit(1)).tableNames())
        .containsExactly("Orders", "Parts");
  }

  @Test
  void failsAsOftenAsItIsTold() {
    stub.failNext("DescribeTable", AwsError.of("LimitExceededException", "too many"), 1);

    DynamoDbException failure =
        catchThrowableOfType(
            DynamoDbException.class, () -> client.describeTable(r -> r.tableName("Orders")));

    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("LimitExceededException");
    assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("too many");
    assertThat(failure.statusCode()).isEqualTo(400);
    assertThat(client.describeTable(r -> r.tableName("Orders")).table().tableName())
        .isEqualTo("Orders");
    assertThat(stub.requests("DescribeTable"))
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.path("TableName").asText()).isEqualTo("Orders"));
  }

  @Test
  void doesNothingForALostRequestAndEverythingForALostAnswer() {
    stub.loseNextRequests("DeleteTable", 1);
    client.deleteTable(r -> r.tableName("Orders")); // the SDK sends it again

    stub.loseNextAnswers("CreateTable", 1);
    assertThatThrownBy(() -> client.createTable(StubRequests.orders()))
        .as("the second attempt meets the table of the first")
        .hasMessageContaining("Table already exists: Orders");
    assertThat(stub.calls())
        .containsExactly("DeleteTable", "DeleteTable", "CreateTable", "CreateTable");
  }

  @Test
  void neverAnswers() {
    stub.neverAnswerNext("ListTables", 1);

    assertThatThrownBy(
            () ->
                client.listTables(
                    r -> r.overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(200)))))
        .isInstanceOf(ApiCallTimeoutException.class)
        .isInstanceOf(SdkClientException.class);
  }

  @Test
  void writesDynamoDbsErrorsAsDynamoDbDoes() throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = post("DynamoDB_20120810.DescribeTable", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\""
                + "1 validation error detected: Value null at 'tableName' failed to satisfy"
                + " constraint: Member must not be null\"}");
    CRC32 crc = new CRC32();
    crc.update(answer.body());
    assertThat(answer.headers().firstValue("x-amz-crc32")).contains(Long.toString(crc.getValue()));
    assertThat(answer.headers().firstValue("x-amzn-RequestId").orElseThrow())
        .matches("[A-Z0-9]{52}");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.0");
  }

  @Test
  void saysThatItDoesNotKnowAnOperation() throws IOException, InterruptedException {
    assertThat(type(post("DynamoDB_20120810.MakeCoffee", "{}")))
        .isEqualTo("com.amazon.coral.service#UnknownOperationException");
    assertThat(type(post("Logs_20140328.MakeCoffee", "{}"))).isEqualTo("UnknownOperationException");
    assertThat(type(post("DynamoDB_20120810.ListTables", "nonsense")))
        .isEqualTo("com.amazon.coral.service#SerializationException");
  }

  @Test
  void takesRestCallsByTheirEncodedPath() throws IOException, InterruptedException {
    stub.add(
        operations -> {
          operations.rest("GET", "/vaults/{vault}/points/{arn}", "GetPoint", r -> r.members());
          operations.rest("GET", "/vaults/default/points/{arn}", "GetDefault", r -> r.members());
          operations.rest(
              "POST",
              "/points/",
              "Fail",
              r -> {
                throw AwsError.of("InvalidRequestException", "not so");
              });
        });

    HttpResponse<byte[]> point =
        get("/vaults/v/points/arn%3Aaws%3At%2FOrders/?maxResults=5&b=a%20b");
    HttpResponse<byte[]> refused =
        http.send(
            HttpRequest.newBuilder(stub.uri().resolve("/points"))
                .POST(BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(Wire.parse(point.body()))
        .isEqualTo(
            Wire.parse(
                """
                {"vault":"v","arn":"arn:aws:t/Orders","maxResults":"5","b":"a b"}
                """
                    .getBytes(UTF_8)));
    get("/vaults/default/points/x");
    assertThat(stub.calls()).containsExactly("GetPoint", "Fail", "GetDefault");
    assertThat(refused.headers().firstValue("x-amzn-ErrorType"))
        .contains("InvalidRequestException");
    assertThat(new String(refused.body(), UTF_8))
        .isEqualTo("{\"Code\":\"ERROR_9101\",\"Message\":\"not so\"}");
  }

  @Test
  void takesFormsByTheirAction() throws IOException, InterruptedException {
    stub.add(
        operations ->
            operations.query(
                "sns", "Publish", r -> "<MessageId>" + r.required("Message") + "</MessageId>"));

    String answer =
        new String(
            http.send(
                    HttpRequest.newBuilder(stub.uri().resolve("/"))
                        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                        .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=K/20260102/eu-west-1/sns/aws4_request, x")
                        .POST(BodyPublishers.ofString("Action=Publish&Message=a%20b"))
                        .build(),
                    BodyHandlers.ofByteArray())
                .body(),
            UTF_8);

    assertThat(answer)
        .startsWith("<PublishResponse><PublishResult><MessageId>a b</MessageId></PublishResult>");
  }

  private HttpResponse<byte[]> post(String target, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(stub.uri())
            .header("X-Amz-Target", target)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(stub.uri() + path)).build(), BodyHandlers.ofByteArray());
  }

  private static String type(HttpResponse<byte[]> answer) {
    JsonNode body = Wire.parse(answer.body());
    return body.path("__type").asText();
  }
}
