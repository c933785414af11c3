// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BatchWriterTest {
  private static final String DONE =
      "{\"UnprocessedItems\":{},\"ConsumedCapacity\":[{\"TableName\":\"t\",\"CapacityUnits\":3.0}]}";

  private final WriteCounters counters = new WriteCounters();
  private final List<String> failures = new ArrayList<>();
  private final WriteBatch batch = new WriteBatch();

  @Test
  void sendsEveryItemOfTheBatchAsItIs() throws Exception {
    TestingTransport transport = new TestingTransport((operation, body) -> DONE);
    put("a");
    put("b");
    writer(transport).write(batch);
    assertThat(transport.requests())
        .containsExactly(
            new TestingTransport.Request(
                "BatchWriteItem",
                "{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{\"t\":["
                    + "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}},"
                    + "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"b\"}}}}]}}"));
    assertThat(counters.written()).isEqualTo(2);
    assertThat(counters.units()).isEqualTo(3.0);
  }

  @Test
  @Tag("G11")
  @Tag("F14")
  void sendsAgainWhatWasLeftUnprocessedUntilNothingIs() throws Exception {
    Iterator<String> answers =
        List.of(
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{ \"pk\" :"
                    + " {\"S\":\"c\"}}}},{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}}",
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}}",
                DONE)
            .iterator();
    TestingTransport transport = new TestingTransport((operation, body) -> answers.next());
    put("a");
    put("b");
    put("c");
    writer(transport).write(batch);
    assertThat(transport.requests()).hasSize(3);
    assertThat(transport.requests().get(1).body())
        .contains("\"c\"", "\"a\"")
        .doesNotContain("\"b\"");
    assertThat(transport.requests().get(2).body()).contains("\"a\"").doesNotContain("\"c\"");
    assertThat(counters.written()).isEqualTo(3);
    assertThat(counters.retried()).isEqualTo(3);
  }

  @Test
  @Tag("G11")
  void deletesThatWereLeftUnprocessedAreSentAgainToo() throws Exception {
    Iterator<String> answers =
        List.of(
                "{\"UnprocessedItems\":{\"t\":[{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"a\"}}}}]}}",
                DONE)
            .iterator();
    TestingTransport transport = new TestingTransport((operation, body) -> answers.next());
    delete("a");
    delete("b");
    writer(transport).write(batch);
    assertThat(transport.requests().get(1).body())
        .contains("{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"a\"}}}}")
        .doesNotContain("\"b\"");
    assertThat(counters.deleted()).isEqualTo(2);
    assertThat(counters.written()).isZero();
  }

  @Test
  void findsTheItemThatTheServerRefusesAndWritesTheOthers() throws Exception {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              if (body.contains("\"b\"")) {
                throw new RefusedException(
                    ErrorCode.REQUEST_REFUSED, "ValidationException", "item size");
              }
              return DONE;
            });
    put("a");
    put("b");
    put("c");
    writer(transport).write(batch);
    assertThat(counters.written()).isEqualTo(2);
    assertThat(counters.failed()).isEqualTo(1);
    assertThat(failures).singleElement().asString().contains("\"b\"", "item size");
  }

  @Test
  void aRefusalThatIsNotAboutItemsEndsTheRun() {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              throw new RefusedException(
                  ErrorCode.TABLE_NOT_FOUND, "ResourceNotFoundException", "gone");
            });
    put("a");
    assertThatThrownBy(() -> writer(transport).write(batch)).isInstanceOf(RefusedException.class);
    assertThat(counters.failed()).isZero();
  }

  @Test
  void throttlingIsWaitedOut() throws Exception {
    int[] calls = {0};
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              if (++calls[0] < 5) {
                throw new ThrottledException("slow down");
              }
              return DONE;
            });
    put("a");
    writer(transport).write(batch);
    assertThat(counters.written()).isEqualTo(1);
    assertThat(counters.throttles()).isEqualTo(4);
  }

  @Test
  void aServerThatProcessesNothingIsGivenUp() {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) ->
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}}");
    put("a");
    assertThatThrownBy(() -> writer(transport).write(batch))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED));
    assertThat(counters.written()).isZero();
  }

  @Test
  void aServerThatDoesNotTellTheCostIsChargedTheEstimate() throws Exception {
    TestingTransport transport =
        new TestingTransport((operation, body) -> "{\"UnprocessedItems\":{}}");
    put("a");
    writer(transport).write(batch);
    assertThat(counters.written()).isEqualTo(1);
    assertThat(counters.units()).isEqualTo(1.0);
  }

  @Test
  void anAnswerThatIsNotDynamoDbsIsAnError() {
    String error = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\"}";
    for (String answer :
        List.of("<html>", "", "[]", "{}", error, "{\"UnprocessedItems\":{\"t\":[{\"PutR")) {
      TestingTransport transport = new TestingTransport((operation, body) -> answer);
      batch.clear();
      put("a");
      assertThatThrownBy(() -> writer(transport).write(batch))
          .isInstanceOf(DynavaultException.class)
          .hasMessageContaining("answer");
    }
    assertThat(counters.written()).isZero();
  }

  @Test
  void anUnprocessedItemThatWasNeverSentIsAnError() {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) ->
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"z\"}}}}]}}");
    put("a");
    assertThatThrownBy(() -> writer(transport).write(batch))
        .hasMessageContaining("was not in the request");
  }

  @Test
  void anUnprocessedItemWithoutAKeyIsAnErrorOfTheServer() {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) ->
                "{\"UnprocessedItems\":{\"t\":[{\"PutRequest\":{\"Item\":{\"other\":{\"S\":\"z\"}}}}]}}");
    put("a");
    assertThatThrownBy(() -> writer(transport).write(batch))
        .hasMessageContaining("was not in the request");
  }

  @Test
  void conditionalWritesSkipWhatIsThere() throws Exception {
    TestingTransport transport = new TestingTransport(existing("b"));
    put("a");
    put("b");
    new ConditionalWriter(table(transport), ConditionalWriter.OnExisting.SKIP).write(batch);
    assertThat(counters.written()).isEqualTo(1);
    assertThat(counters.skipped()).isEqualTo(1);
    assertThat(transport.requests().get(0).body())
        .isEqualTo(
            "{\"TableName\":\"t\",\"ReturnConsumedCapacity\":\"TOTAL\",\"Item\":{\"pk\":{\"S\":\"a\"}},"
                + "\"ConditionExpression\":\"attribute_not_exists(#k)\","
                + "\"ExpressionAttributeNames\":{\"#k\":\"pk\"}}");
  }

  @Test
  void conditionalWritesReportWhatMustNotBeThere() throws Exception {
    TestingTransport transport = new TestingTransport(existing("b"));
    put("b");
    new ConditionalWriter(table(transport), ConditionalWriter.OnExisting.FAIL).write(batch);
    assertThat(failures).singleElement().asString().contains("\"b\"", "has an item of this key");
  }

  @Test
  void anItemThatIsThereEqualIsOurOwnWhoseAnswerWasLost() throws Exception {
    TestingTransport transport =
        new TestingTransport(
            (operation, body) ->
                operation.equals("GetItem")
                    ? "{\"Item\":{\"pk\":{\"S\":\"b\"}}}"
                    : existing("b").apply(operation, body));
    put("b");
    new ConditionalWriter(table(transport), ConditionalWriter.OnExisting.FAIL_UNLESS_SAME)
        .write(batch);
    assertThat(failures).isEmpty();
    assertThat(counters.written()).isEqualTo(1);
  }

  @Test
  void anErrorThatIsSentAsASuccessIsNoConditionalWrite() {
    TestingTransport transport =
        new TestingTransport((operation, body) -> "{\"__type\":\"InternalServerError\"}");
    put("a");
    assertThatThrownBy(
            () ->
                new ConditionalWriter(table(transport), ConditionalWriter.OnExisting.SKIP)
                    .write(batch))
        .hasMessageContaining("answer");
    assertThat(counters.written()).isZero();
  }

  @Test
  void throttlingIsWaitedOutAlsoWhereAnItemIsOnlyLookedAt() throws Exception {
    int[] reads = {0};
    TestingTransport transport =
        new TestingTransport(
            (operation, body) -> {
              if (operation.equals("GetItem") && ++reads[0] < 4) {
                throw new ThrottledException("slow down");
              }
              return existing("b").apply(operation, body);
            });
    put("b");
    new ConditionalWriter(table(transport), ConditionalWriter.OnExisting.FAIL_UNLESS_SAME)
        .write(batch);
    assertThat(failures).singleElement().asString().contains("has an item of this key");
    assertThat(reads[0]).isEqualTo(4);
    assertThat(counters.throttles()).isEqualTo(3);
  }

  private static BiFunction<String, String, String> existing(String key) {
    return (operation, body) -> {
      if (operation.equals("GetItem")) {
        return "{\"Item\":{\"pk\":{\"S\":\"" + key + "\"},\"other\":{\"BOOL\":true}}}";
      }
      if (body.contains('"' + key + '"')) {
        throw new RefusedException(
            ErrorCode.REQUEST_REFUSED, "ConditionalCheckFailedException", "exists");
      }
      return "{\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":1.0}}";
    };
  }

  private BatchWriter writer(TestingTransport transport) {
    return new BatchWriter(table(transport));
  }

  private TableWriter table(TestingTransport transport) {
    TestingTime time = new TestingTime();
    RateController rate =
        new RateController(
            OptionalDouble.empty(),
            Duration.ofMinutes(1),
            time,
            time,
            new Random(3),
            new StopSignal());
    KeyReader keys = new KeyReader(KeySchema.of(new KeyAttribute("pk", ScalarType.S)));
    return new TableWriter(
        transport, "t", keys, rate, counters, (key, reason) -> failures.add(key + " " + reason));
  }

  private void put(String key) {
    byte[] item = ("{\"pk\":{\"S\":\"" + key + "\"}}").getBytes(StandardCharsets.UTF_8);
    batch.put(item, 0, item.length, 3);
  }

  private void delete(String key) {
    byte[] item = ("{\"pk\":{\"S\":\"" + key + "\"}}").getBytes(StandardCharsets.UTF_8);
    batch.delete(item, 0, item.length);
  }
}
