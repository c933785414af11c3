// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.TestingTransport;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwapWriterTest {
  private static final KeyReader KEYS =
      new KeyReader(KeySchema.of(new KeyAttribute("pk", ScalarType.S)));
  private static final String DONE =
      "{\"ConsumedCapacity\":{\"TableName\":\"t\",\"CapacityUnits\":2.0}";

  private final WriteCounters counters = new WriteCounters();
  private final Deque<Supplier<String>> answers = new ArrayDeque<>();
  private final TestingTransport transport =
      new TestingTransport((operation, body) -> answers.remove().get());

  @Test
  void anItemThatWasNotThereIsPutIfItStillIsNot() throws Exception {
    answer(DONE + "}");
    assertThat(swap("", "'pk':{'S':'a'},'n':{'N':'1'}").kind()).isEqualTo(SwapOutcome.Kind.DONE);
    assertThat(transport.requests())
        .containsExactly(
            request(
                "PutItem",
                "'Item':{'pk':{'S':'a'},'n':{'N':'1'}},"
                    + "'ConditionExpression':'attribute_not_exists(#0)',"
                    + "'ExpressionAttributeNames':{'#0':'pk'}"));
    assertThat(counters.written()).isEqualTo(1);
    assertThat(counters.units()).isEqualTo(2.0);
  }

  @Test
  void anItemIsDeletedIfItHasTheAttributesThatWereSeen() throws Exception {
    answer(DONE + ",\"Attributes\":" + item("'pk':{'S':'a'},'n':{'N':'1'}") + "}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1'}", "").kind()).isEqualTo(SwapOutcome.Kind.DONE);
    assertThat(transport.requests())
        .containsExactly(
            request(
                "DeleteItem",
                "'Key':{'pk':{'S':'a'}},"
                    + "'ConditionExpression':'attribute_exists(#0) AND #1=:0',"
                    + "'ExpressionAttributeNames':{'#0':'pk','#1':'n'},"
                    + "'ExpressionAttributeValues':{':0':{'N':'1'}}"));
    assertThat(counters.deleted()).isEqualTo(1);
  }

  @Test
  void onlyAttributesThatDifferAreWrittenAndAllAreLookedAt() throws Exception {
    String before = "'pk':{'S':'a'},'same':{'BOOL':true},'gone':{'S':'x'},'n':{'N':'1'}";
    answer(DONE + ",\"Attributes\":" + item(before) + "}");
    swap(before, "'pk':{'S':'a'},'same':{'BOOL':true},'n':{'N':'2'},'new':{'NULL':true}");
    assertThat(transport.requests())
        .containsExactly(
            request(
                "UpdateItem",
                "'Key':{'pk':{'S':'a'}},"
                    + "'UpdateExpression':'SET #2=:3,#3=:4 REMOVE #1',"
                    + "'ConditionExpression':'attribute_exists(#0) AND #1=:0 AND #2=:1"
                    + " AND attribute_not_exists(#3) AND #4=:2',"
                    + "'ExpressionAttributeNames':"
                    + "{'#0':'pk','#1':'gone','#2':'n','#3':'new','#4':'same'},"
                    + "'ExpressionAttributeValues':{':0':{'S':'x'},':1':{'N':'1'},"
                    + "':2':{'BOOL':true},':3':{'N':'2'},':4':{'NULL':true}}"));
  }

  @Test
  void aConditionNeverGetsLongerThanDynamoDbTakes() {
    for (int count : List.of(99, 100, 101, 149, 150, 151, 400)) {
      String many =
          IntStream.range(0, count)
              .mapToObj(i -> "'a" + i + "':{'N':'" + i + "'}")
              .collect(Collectors.joining(",", "'pk':{'S':'a'},", ""));
      for (ItemSwap swap :
          List.of(
              of(many, "'pk':{'S':'a'}"), of("'pk':{'S':'a'}", many), of(many, ""), of("", many))) {
        SwapRequest.Composed request = SwapRequest.of("t", KEYS, swap);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        String condition = between(body, "\"ConditionExpression\":\"", "\"");
        assertThat(condition.length()).isLessThanOrEqualTo(4096);
        assertThat(operators(condition)).isLessThanOrEqualTo(300);
        if (request.operation().equals("UpdateItem")) {
          assertThat(between(body, "\"UpdateExpression\":\"", "\"").length())
              .isLessThanOrEqualTo(4096);
          assertThat(count).isLessThanOrEqualTo(100);
        }
      }
    }
  }

  @Test
  void anAttributeThatWasAddedMeanwhileIsPutBack() throws Exception {
    String more = "'pk':{'S':'a'},'n':{'N':'1'},'added':{'S':'x'}";
    answer(DONE + ",\"Attributes\":" + item(more) + "}");
    answer(DONE + "}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1'}", "").kind()).isEqualTo(SwapOutcome.Kind.CHANGED);
    assertThat(transport.requests().get(1))
        .isEqualTo(
            request(
                "PutItem",
                "'Item':{"
                    + more
                    + "},'ConditionExpression':'attribute_not_exists(#0)',"
                    + "'ExpressionAttributeNames':{'#0':'pk'}"));
    assertThat(counters.deleted()).isZero();
  }

  @Test
  void anUpdateOfAnItemThatHasOneMoreAttributeIsTakenBack() throws Exception {
    answer(
        DONE + ",\"Attributes\":" + item("'pk':{'S':'a'},'n':{'N':'1'},'added':{'S':'x'}") + "}");
    answer(DONE + "}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1'}", "'pk':{'S':'a'},'n':{'N':'2'}").kind())
        .isEqualTo(SwapOutcome.Kind.CHANGED);
    assertThat(transport.requests().get(1))
        .isEqualTo(
            request(
                "UpdateItem",
                "'Key':{'pk':{'S':'a'}},'UpdateExpression':'SET #1=:2',"
                    + "'ConditionExpression':'attribute_exists(#0) AND #1=:0 AND #2=:1',"
                    + "'ExpressionAttributeNames':{'#0':'pk','#1':'n','#2':'added'},"
                    + "'ExpressionAttributeValues':"
                    + "{':0':{'N':'2'},':1':{'S':'x'},':2':{'N':'1'}}"));
    assertThat(counters.written()).isZero();
  }

  @Test
  void aNumberWrittenAnotherWayIsTheSame() throws Exception {
    answer(DONE + ",\"Attributes\":" + item("'n':{'N':'10'},'pk':{'S':'a'}") + "}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1E1'}", "").kind()).isEqualTo(SwapOutcome.Kind.DONE);
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anItemThatSomebodyElseChangedIsLeftAlone() throws Exception {
    conditionFails();
    answer("{\"Item\":" + item("'pk':{'S':'a'},'n':{'N':'3'}") + "}");
    SwapOutcome outcome = swap("'pk':{'S':'a'},'n':{'N':'1'}", "'pk':{'S':'a'},'n':{'N':'2'}");
    assertThat(outcome)
        .isEqualTo(
            new SwapOutcome(SwapOutcome.Kind.CHANGED, "somebody else has changed it meanwhile"));
    assertThat(transport.requests()).hasSize(2);
  }

  @Test
  void ourOwnWriteWhoseAnswerWasLostIsDone() throws Exception {
    conditionFails();
    answer("{\"Item\":" + item("'pk':{'S':'a'},'n':{'N':'2.0'}") + "}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1'}", "'pk':{'S':'a'},'n':{'N':'2'}").kind())
        .isEqualTo(SwapOutcome.Kind.DONE);
    conditionFails();
    answer("{}");
    assertThat(swap("'pk':{'S':'a'},'n':{'N':'1'}", "").kind()).isEqualTo(SwapOutcome.Kind.DONE);
  }

  @Test
  void throttlingAndTransactionsOfOthersAreWaitedFor() throws Exception {
    answers.add(
        () -> {
          throw new ThrottledException("slow down");
        });
    refuses("TransactionConflictException");
    answer(DONE + "}");
    assertThat(swap("", "'pk':{'S':'a'}").kind()).isEqualTo(SwapOutcome.Kind.DONE);
    assertThat(counters.throttles()).isEqualTo(1);
  }

  @Test
  void anItemThatTheServerRefusesIsReportedAndTheRestEndsTheRun() throws Exception {
    refuses("ValidationException");
    assertThat(swap("", "'pk':{'S':'a'}").kind()).isEqualTo(SwapOutcome.Kind.REFUSED);
    refuses("ResourceNotFoundException");
    assertThatThrownBy(() -> swap("", "'pk':{'S':'a'}")).isInstanceOf(RefusedException.class);
  }

  private static int operators(String condition) {
    int count = 0;
    for (String word : condition.split("[^A-Za-z_=]+")) {
      boolean operator = word.equals("AND") || word.equals("=") || word.startsWith("attribute");
      count += operator ? 1 : 0;
    }
    return count;
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private void conditionFails() {
    refuses("ConditionalCheckFailedException");
  }

  private void refuses(String error) {
    answers.add(
        () -> {
          throw new RefusedException(ErrorCode.REQUEST_REFUSED, error, "refused");
        });
  }

  private void answer(String answer) {
    answers.add(() -> answer);
  }

  private static TestingTransport.Request request(String operation, String rest) {
    String head =
        "{'TableName':'t','ReturnConsumedCapacity':'TOTAL','ReturnValues':'ALL_OLD',"
            .replace('\'', '"');
    return new TestingTransport.Request(operation, head + rest.replace('\'', '"') + "}");
  }

  private static String item(String attributes) {
    return "{" + attributes.replace('\'', '"') + "}";
  }

  private SwapOutcome swap(String before, String after) throws InterruptedException {
    return new SwapWriter(table()).swap(of(before, after));
  }

  private static ItemSwap of(String before, String after) {
    Optional<Item> from = image(before);
    Optional<Item> to = image(after);
    return new ItemSwap(KEYS.read(from.or(() -> to).orElseThrow()), from, to);
  }

  private static Optional<Item> image(String attributes) {
    return attributes.isEmpty()
        ? Optional.empty()
        : Optional.of(DynamoDbJson.decode(item(attributes).getBytes(StandardCharsets.UTF_8)));
  }

  private TableWriter table() {
    TestingTime time = new TestingTime();
    RateController rate =
        new RateController(
            OptionalDouble.empty(),
            Duration.ofMinutes(1),
            time,
            time,
            new Random(3),
            new StopSignal());
    return new TableWriter(transport, "t", KEYS, rate, counters, (key, reason) -> {});
  }
}
