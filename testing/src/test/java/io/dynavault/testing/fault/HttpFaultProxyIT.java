// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static io.dynavault.testing.fault.ProxiedRequest.any;
import static io.dynavault.testing.fault.ProxiedRequest.ofOperation;
import static io.dynavault.testing.fault.ProxiedRequest.withMethod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.DynamoDbJsonClient;
import io.dynavault.testing.table.LiveTable;
import io.dynavault.testing.table.RefusedRequestException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.Crc32MismatchException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class HttpFaultProxyIT {
  private static final String LIST = "ListTables";

  private final HttpFaultProxy proxy = HttpFaultProxy.before(TestingServers.dynamoDb().endpoint());
  private final DynamoDbJsonClient client = new DynamoDbJsonClient(proxy.endpoint());

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void carriesSignedRequestsOfSdkClientsUnchanged() {
    try (HttpFaultProxy s3Proxy = HttpFaultProxy.before(TestingServers.s3().endpoint());
        S3Client s3 = TestingServers.s3Client(s3Proxy.endpoint());
        DynamoDbClient dynamoDb = TestingServers.dynamoDbClient(proxy.endpoint())) {
      String bucket = TestingServers.newBucket();
      s3.putObject(b -> b.bucket(bucket).key("a/b"), RequestBody.fromString("x".repeat(100_000)));
      dynamoDb.listTables();

      assertThat(s3.getObjectAsBytes(b -> b.bucket(bucket).key("a/b")).asUtf8String())
          .hasSize(100_000);
      assertThat(s3Proxy.count(withMethod("PUT", "/a/b"))).isEqualTo(1);
      assertThat(s3Proxy.requests().get(0).bodySize()).isGreaterThanOrEqualTo(100_000);
      assertThat(proxy.count(ofOperation(LIST))).isEqualTo(1);
    }
  }

  @Test
  void failsTheChosenCallOnly() {
    proxy.use(FaultPlan.at(2, ofOperation(LIST), AwsFaults.throttling()));

    client.call(LIST, "{}");
    assertThatThrownBy(() -> client.call(LIST, "{}"))
        .isInstanceOf(RefusedRequestException.class)
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("ThrottlingException");
    client.call(LIST, "{}");

    assertThat(proxy.injections()).hasSize(1);
    assertThat(proxy.injections().get(0).request().number()).isEqualTo(2);
  }

  @Test
  void resetsBeforeTheServerSeesTheRequest() {
    LiveTable table = emptyOrders();
    proxy.use(FaultPlan.from(1, ofOperation("PutItem"), new Fault.Reset()));

    assertThatThrownBy(() -> LiveTable.of(proxy.endpoint(), table.name()).put(order()))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(table.contents()).isEmpty();
  }

  @Test
  void losesTheResponseOfARequestThatTheServerCarriedOut() {
    LiveTable table = emptyOrders();
    proxy.use(FaultPlan.from(1, ofOperation("PutItem"), new Fault.LostResponse()));

    assertThatThrownBy(() -> LiveTable.of(proxy.endpoint(), table.name()).put(order()))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(table.contents()).hasSize(1);
  }

  @Test
  void cutsAnAnswerShort() {
    proxy.use(FaultPlan.from(1, any(), new Fault.Truncation(3)));

    assertThatThrownBy(() -> client.call(LIST, "{}")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void flipsOneBitThatAnSdkClientNoticesByTheChecksum() {
    proxy.use(FaultPlan.at(1, any(), new Fault.FlippedBit(5)));
    try (DynamoDbClient dynamoDb = TestingServers.dynamoDbClient(proxy.endpoint())) {
      assertThatThrownBy(dynamoDb::listTables).isInstanceOf(Crc32MismatchException.class);
    }
  }

  @Test
  void answersThatNothingWasProcessedWithTheItemsOfTheRequest() {
    proxy.use(FaultPlan.at(1, any(), AwsFaults.allUnprocessed()));

    assertThat(client.call("BatchWriteItem", "{\"RequestItems\":{\"t\":[{\"x\":1}]}}"))
        .hasToString("{\"UnprocessedItems\":{\"t\":[{\"x\":1}]}}");
  }

  @Test
  void delaysAndThenCarriesOn() {
    proxy.use(FaultPlan.at(1, any(), new Fault.Delay(Duration.ofMillis(50))));

    long start = System.nanoTime();
    client.call(LIST, "{}");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(50));
  }

  @Test
  void letsNothingHangAfterItsEnd() {
    proxy.use(FaultPlan.from(1, any(), new Fault.Stall()));
    Thread closer =
        new Thread(
            () -> {
              while (proxy.injections().isEmpty()) {
                Thread.onSpinWait();
              }
              proxy.close();
            });
    closer.start();

    assertThatThrownBy(() -> client.call(LIST, "{}")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void showsErrorsOfS3AsTheSdkExpectsThem() {
    try (HttpFaultProxy s3Proxy = HttpFaultProxy.before(TestingServers.s3().endpoint());
        S3Client s3 = TestingServers.s3Client(s3Proxy.endpoint())) {
      s3Proxy.use(FaultPlan.first(1, any(), AwsFaults.slowDown()));
      s3.listBuckets();
      assertThat(s3Proxy.count(any())).as("the SDK retries SlowDown").isEqualTo(2);

      s3Proxy.use(FaultPlan.from(1, any(), AwsFaults.s3AccessDenied()));
      assertThatThrownBy(s3::listBuckets)
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"))
          .isInstanceOf(SdkException.class);
    }
  }

  @Test
  void randomPlansDependOnTheSeedOnly() {
    List<Fault> faults = List.of(AwsFaults.throttling(), new Fault.Reset());

    List<Boolean> one = decisions(FaultPlan.random(7, 0.3, any(), faults));

    assertThat(decisions(FaultPlan.random(7, 0.3, any(), faults))).isEqualTo(one);
    assertThat(decisions(FaultPlan.random(8, 0.3, any(), faults))).isNotEqualTo(one);
    assertThat(one.stream().filter(failed -> failed).count()).isBetween(200L, 400L);
  }

  private static List<Boolean> decisions(FaultPlan plan) {
    return IntStream.rangeClosed(1, 1000)
        .mapToObj(
            number ->
                plan.faultFor(new ProxiedRequest(number, "POST", "/", Optional.empty(), 0))
                    .isPresent())
        .toList();
  }

  private static LiveTable emptyOrders() {
    return LiveTable.create(
        TestingServers.dynamoDb().endpoint(),
        new OrdersTable(TestingServers.newTableName("orders")));
  }

  private static String order() {
    return new OrdersTable("any").items().findFirst().orElseThrow();
  }
}
