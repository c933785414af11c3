// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanRequestBodyTest {

  @Test
  void asksForThePageThatFollowsTheStartKey() {
    ScanRequestBody body = new ScanRequestBody(ScanQuery.all("orders", true), new Segment(3, 8));
    body.compose(100, "{\"pk\":{\"S\":\"a\"}}".getBytes(StandardCharsets.UTF_8));
    assertThat(text(body))
        .isEqualTo(
            "{\"TableName\":\"orders\",\"ReturnConsumedCapacity\":\"TOTAL\",\"ConsistentRead\":true,"
                + "\"TotalSegments\":8,\"Segment\":3,\"Limit\":100,"
                + "\"ExclusiveStartKey\":{\"pk\":{\"S\":\"a\"}}}");
  }

  @Test
  void aSecondRequestHoldsNothingOfTheFirst() {
    ScanRequestBody body = new ScanRequestBody(ScanQuery.all("orders", false), new Segment(0, 1));
    body.compose(100, "{\"pk\":{\"S\":\"a\"}}".getBytes(StandardCharsets.UTF_8));
    body.compose(7, null);
    assertThat(text(body)).endsWith("\"Segment\":0,\"Limit\":7}").doesNotContain("StartKey");
  }

  @Test
  void countingAsksForNoItems() {
    ScanQuery counted = ScanQuery.all("orders", true).counted();
    ScanRequestBody body = new ScanRequestBody(counted, new Segment(0, 1));
    body.compose(7, null);
    assertThat(text(body))
        .isEqualTo(
            "{\"TableName\":\"orders\",\"ReturnConsumedCapacity\":\"TOTAL\",\"ConsistentRead\":true,"
                + "\"Select\":\"COUNT\",\"TotalSegments\":1,\"Segment\":0,\"Limit\":7}");
  }

  @Test
  void expressionsAreQuoted() {
    ScanQuery query =
        new ScanQuery(
            "orders",
            false,
            Optional.of("#s = :s AND \"x\""),
            Optional.of("pk, #s"),
            Optional.of("{\"#s\":\"status\"}"),
            Optional.of("{\":s\":{\"S\":\"open\"}}"));
    ScanRequestBody body = new ScanRequestBody(query, new Segment(0, 1));
    body.compose(1, null);
    assertThat(text(body))
        .contains("\"FilterExpression\":\"#s = :s AND \\\"x\\\"\"")
        .contains("\"ProjectionExpression\":\"pk, #s\"")
        .contains("\"ExpressionAttributeNames\":{\"#s\":\"status\"}")
        .contains("\"ExpressionAttributeValues\":{\":s\":{\"S\":\"open\"}}");
  }

  private static String text(ScanRequestBody body) {
    return new String(body.array(), 0, body.length(), StandardCharsets.UTF_8);
  }
}
