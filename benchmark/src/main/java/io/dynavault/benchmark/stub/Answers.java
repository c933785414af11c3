// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.benchmark.data.Page;
import io.dynavault.benchmark.data.Pages;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stub answers to each operation. Safe for several threads. */
final class Answers {
  private static final Pattern TABLE = Pattern.compile("\"TableName\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern SEGMENT = Pattern.compile("\"Segment\"\\s*:\\s*(\\d+)");
  private static final Pattern SEGMENTS = Pattern.compile("\"TotalSegments\"\\s*:\\s*(\\d+)");
  private static final Pattern POSITION = Pattern.compile("\"page-(\\d+)\"");
  private static final byte[] PUT = "{\"PutRequest\"".getBytes(UTF_8);
  private static final byte[] NOTHING = {};

  /** Bytes that a unit reads with eventual consistency (DynamoDB Developer Guide). */
  private static final int BYTES_PER_UNIT = 8192;

  private final Pages content;
  private final Tally tally;

  Answers(Pages content, Tally tally) {
    this.content = content;
    this.tally = tally;
  }

  /**
   * An answer in two parts, the first of which is shared by many.
   *
   * @param status of HTTP
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to a socket
  record Answer(int status, byte[] body, byte[] end) {
    static Answer of(int status, String json) {
      return new Answer(status, json.getBytes(UTF_8), NOTHING);
    }
  }

  Answer answer(String operation, byte[] body, int length) {
    return switch (operation) {
      case "Scan" -> scan(new String(body, 0, length, UTF_8));
      case "BatchWriteItem" -> write(body, length);
      case "DescribeTable" -> describe(new String(body, 0, length, UTF_8));
      default ->
          Answer.of(400, "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    };
  }

  private Answer describe(String request) {
    return table(request)
        .map(table -> Answer.of(200, table.description(content)))
        .orElseGet(Answers::tableNotFound);
  }

  private Answer scan(String request) {
    Optional<StubTable> table = table(request);
    if (table.isEmpty()) {
      return tableNotFound();
    }
    int segment = number(SEGMENT, request, 0);
    int segments = number(SEGMENTS, request, 1);
    int position = number(POSITION, request, segment);
    if (position >= table.get().pages()) {
      return Answer.of(200, "{\"Count\":0,\"ScannedCount\":0,\"Items\":[]}");
    }
    Page page = content.get(position);
    double units = Math.ceil((double) page.itemBytes() / BYTES_PER_UNIT * 2) / 2;
    tally.add(System.nanoTime(), page.items(), units);
    String end = request.contains("\"ReturnConsumedCapacity\"") ? capacity(table.get(), units) : "";
    int next = position + segments;
    if (next < table.get().pages()) {
      end += ",\"LastEvaluatedKey\":{\"pk\":{\"S\":\"page-" + next + "\"}}";
    }
    return new Answer(200, page.body(), (end + '}').getBytes(UTF_8));
  }

  private static String capacity(StubTable table, double units) {
    return ",\"ConsumedCapacity\":{\"CapacityUnits\":%s,\"TableName\":\"%s\"}"
        .formatted(units, table.name());
  }

  /** The items of the shapes that are written within a budget have less than a kilobyte each. */
  private Answer write(byte[] body, int length) {
    int items = count(PUT, body, length);
    tally.add(System.nanoTime(), items, items);
    String start = new String(body, 0, Math.min(length, 256), ISO_8859_1);
    return Answer.of(
        200,
        start.contains("\"ReturnConsumedCapacity\"")
            ? "{\"ConsumedCapacity\":[{\"CapacityUnits\":%d.0,\"TableName\":\"x\"}],\"UnprocessedItems\":{}}"
                .formatted(items)
            : "{\"UnprocessedItems\":{}}");
  }

  private static int count(byte[] wanted, byte[] bytes, int length) {
    int count = 0;
    for (int i = 0; i <= length - wanted.length; i++) {
      if (bytes[i] == '{' && matches(wanted, bytes, i)) {
        count++;
        i += wanted.length - 1;
      }
    }
    return count;
  }

  private static boolean matches(byte[] wanted, byte[] bytes, int from) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[from + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<StubTable> table(String request) {
    Matcher matcher = TABLE.matcher(request);
    return matcher.find() ? StubTable.parse(matcher.group(1)) : Optional.empty();
  }

  private static int number(Pattern pattern, String request, int otherwise) {
    Matcher matcher = pattern.matcher(request);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
  }

  private static Answer tableNotFound() {
    return Answer.of(
        400,
        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"no"
            + " such table\"}");
  }
}
