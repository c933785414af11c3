// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the JSON of Scan requests for one segment. The position is the last page's
 * LastEvaluatedKey, byte for byte. Confined to one thread.
 */
final class ScanRequestBody {
  private final byte[] head;
  private final Buffer buffer = new Buffer();

  ScanRequestBody(ScanQuery query, Segment segment) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"TableName\":").append(quote(query.tableName()));
    json.append(",\"ReturnConsumedCapacity\":\"TOTAL\"");
    json.append(",\"ConsistentRead\":").append(query.consistentRead());
    query.filterExpression().ifPresent(e -> member(json, "FilterExpression", quote(e)));
    query.projectionExpression().ifPresent(e -> member(json, "ProjectionExpression", quote(e)));
    query.expressionAttributeNames().ifPresent(e -> member(json, "ExpressionAttributeNames", e));
    query.expressionAttributeValues().ifPresent(e -> member(json, "ExpressionAttributeValues", e));
    if (query.select() == ScanQuery.Select.COUNT) {
      member(json, "Select", "\"COUNT\"");
    }
    member(json, "TotalSegments", Integer.toString(segment.total()));
    member(json, "Segment", Integer.toString(segment.number()));
    head = json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Composes a request; it stands in the first {@link #length()} bytes of {@link #array()}. */
  void compose(int limit, byte @Nullable [] startKey) {
    buffer.reset();
    buffer.writeBytes(head);
    buffer.writeBytes((",\"Limit\":" + limit).getBytes(StandardCharsets.UTF_8));
    if (startKey != null) {
      buffer.writeBytes(",\"ExclusiveStartKey\":".getBytes(StandardCharsets.UTF_8));
      buffer.writeBytes(startKey);
    }
    buffer.write('}');
  }

  byte[] array() {
    return buffer.array();
  }

  int length() {
    return buffer.size();
  }

  private static void member(StringBuilder json, String name, String value) {
    json.append(",\"").append(name).append("\":").append(value);
  }

  private static String quote(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Hands out its array, which spares a copy per request. */
  private static final class Buffer extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }
  }
}
