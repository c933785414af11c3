// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.time.Timing;
import io.dynavault.testing.TestingServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Raw requests to DynamoDB Local, which checks none of our signatures but sends CRCs. */
class HttpTransportIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TransportCounters counters = new TransportCounters();
  private final ResponseBuffer response = new ResponseBuffer();
  private final HttpTransport transport =
      HttpTransport.open(
          EndpointConfig.of(
              TestingServers.dynamoDb().endpoint(),
              TestingServers.region().id(),
              TestingServers.credentialsProvider()),
          TransportConfig.forThreads(1),
          Timing.system(),
          counters);

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void writesAndScansItems() throws IOException {
    String table = TestingServers.newTableName("raw");
    call(
        "CreateTable",
        """
        {"TableName":"%s","BillingMode":"PAY_PER_REQUEST",
         "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
         "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]}\
        """
            .formatted(table));
    call(
        "BatchWriteItem",
        """
        {"RequestItems":{"%s":[{"PutRequest":{"Item":{"pk":{"S":"größe 😀"},"n":{"N":"1E+2"}}}}]}}\
        """
            .formatted(table));

    JsonNode page = call("Scan", "{\"TableName\":\"" + table + "\",\"ConsistentRead\":true}");

    assertThat(page.path("Count").asInt()).isEqualTo(1);
    assertThat(page.at("/Items/0/pk/S").asText()).isEqualTo("größe 😀");
    assertThat(counters.snapshot().requests()).isEqualTo(3);
    assertThat(counters.snapshot().retries()).isZero();
  }

  @Test
  void typesTheErrorsOfDynamoDbLocal() {
    RefusedException missing =
        catchThrowableOfType(
            RefusedException.class, () -> call("Scan", "{\"TableName\":\"not-there\"}"));
    RefusedException unknown =
        catchThrowableOfType(RefusedException.class, () -> call("ListBackups", "{}"));
    RefusedException invalid =
        catchThrowableOfType(RefusedException.class, () -> call("Scan", "{}"));

    assertThat(missing.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND);
    assertThat(unknown.code()).isEqualTo(ErrorCode.UNSUPPORTED);
    assertThat(invalid.code()).isEqualTo(ErrorCode.REQUEST_REFUSED);
    assertThat(invalid.awsError()).isEqualTo("ValidationException");
  }

  private JsonNode call(String operation, String request) throws IOException {
    byte[] body = request.getBytes(StandardCharsets.UTF_8);
    transport.call(operation, body, body.length, response);
    return JSON.readTree(response.array(), 0, response.length());
  }
}
