// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads single items of a table by GetItem, strongly consistent and within the budget of its scan.
 * Safe for several threads.
 *
 * @param table whose transport, name and budget are used
 */
record ItemLookup(TableScan table, KeyReader keys) {
  /** What a small item costs; the difference to what it did cost is settled afterwards. */
  private static final double ESTIMATE = 1;

  ItemLookup {
    requireNonNull(table, "table is null");
    requireNonNull(keys, "keys is null");
  }

  /** What GetItem answered. */
  private record Answer(Optional<Item> item, double units) {}

  /** The item of this key, if the table has it. */
  Optional<Item> find(ItemKey key) throws InterruptedException {
    byte[] request = request(key);
    ResponseBuffer response = new ResponseBuffer(8 * 1024);
    for (int attempt = 1; ; attempt++) {
      table.rate().acquire(ESTIMATE);
      try {
        table.transport().call("GetItem", request, request.length, response);
        Answer answer = parse(response);
        table.rate().consumed(ESTIMATE, answer.units());
        table.context().progress().addCapacity(answer.units());
        return answer.item();
      } catch (ThrottledException e) {
        table.context().progress().addThrottle();
        table.rate().throttled(attempt, ESTIMATE);
      }
    }
  }

  private byte[] request(ItemKey key) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    String name = new String(JsonStringEncoder.getInstance().quoteAsString(name()));
    String head =
        "{\"TableName\":\"%s\",\"ConsistentRead\":true,\"ReturnConsumedCapacity\":\"TOTAL\",\"Key\":"
            .formatted(name);
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(DynamoDbJson.encode(keys.attributes(key)));
    body.write('}');
    return body.toByteArray();
  }

  private Answer parse(ResponseBuffer answer) {
    Optional<Item> item = Optional.empty();
    double units = ESTIMATE;
    try (JsonParser parser = answer.parser()) {
      requireObject(parser.nextToken());
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (member.equals("ConsumedCapacity")) {
          units = units(parser);
        } else {
          parser.skipChildren();
        }
        if (member.equals("Item")) {
          int to = (int) parser.currentLocation().getByteOffset();
          item = Optional.of(DynamoDbJson.decode(answer.array(), from, to - from));
        }
      }
      return new Answer(item, units);
    } catch (IOException | FormatException e) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to read an item of table '" + name() + "': the answer is not what DynamoDB sends",
          "check what the endpoint is",
          e);
    }
  }

  private static double units(JsonParser parser) throws IOException {
    double units = ESTIMATE;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return units;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      JsonToken value = parser.nextToken();
      if (member.equals("CapacityUnits") && value.isNumeric()) {
        units = parser.getDoubleValue();
      } else {
        parser.skipChildren();
      }
    }
    return units;
  }

  private static void requireObject(JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("not a JSON object");
    }
  }

  private String name() {
    return table.query().tableName();
  }
}
