// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Progress;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.KeyReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads items of a table by their keys, strongly consistent, by BatchGetItem. Safe for several
 * threads.
 */
record LiveItems(
    DynamoDbTransport transport,
    String table,
    KeyReader keys,
    RateController rate,
    Progress progress) {
  /** What BatchGetItem takes (DynamoDB API Reference, BatchGetItem). */
  static final int MOST_KEYS = 100;

  LiveItems {
    requireNonNull(transport, "transport is null");
    requireNonNull(table, "table is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(rate, "rate is null");
    requireNonNull(progress, "progress is null");
  }

  /** The items that the table has, by key. */
  Map<ItemKey, Item> read(Collection<ItemKey> wanted) throws InterruptedException {
    Map<ItemKey, Item> found = new HashMap<>();
    ResponseBuffer response = new ResponseBuffer();
    Set<ItemKey> left = new LinkedHashSet<>(wanted);
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      double estimate = left.size();
      rate.acquire(estimate);
      try {
        Answer answer = ask(left, response);
        boolean nothing = answer.unprocessed.size() == left.size();
        answer.items.forEach(item -> found.put(keys.read(item), item));
        left = answer.unprocessed;
        if (nothing) {
          throw new ThrottledException("every key was left unprocessed");
        }
        rate.consumed(estimate, answer.units);
        progress.addCapacity(answer.units);
      } catch (ThrottledException e) {
        progress.addThrottle();
        rate.throttled(attempt, estimate);
      }
    }
    return found;
  }

  private static final class Answer {
    private final List<Item> items = new ArrayList<>();
    private final Set<ItemKey> unprocessed = new LinkedHashSet<>();
    private double units;
  }

  private Answer ask(Set<ItemKey> wanted, ResponseBuffer response) {
    JsonBuffer body = new JsonBuffer();
    body.append("{\"ReturnConsumedCapacity\":\"TOTAL\",\"RequestItems\":{").appendString(table);
    body.append(":{\"ConsistentRead\":true,\"Keys\":[");
    boolean first = true;
    for (ItemKey key : wanted) {
      if (!first) {
        body.append(',');
      }
      first = false;
      DynamoDbJson.encode(keys.attributes(key), body);
    }
    body.append("]}}}");
    transport.call("BatchGetItem", body.bytes(), body.length(), response);
    try {
      return parse(response);
    } catch (IOException | FormatException e) {
      throw new DynavaultException(
          ErrorCode.SERVICE_UNAVAILABLE,
          "unable to read items of table '" + table + "': the answer is not what DynamoDB sends",
          "check what the endpoint is",
          e);
    }
  }

  private Answer parse(ResponseBuffer response) throws IOException {
    Answer answer = new Answer();
    try (JsonParser parser = response.parser()) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      boolean answered = false;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String member = parser.currentName();
        parser.nextToken();
        switch (member) {
          case "Responses" -> {
            responses(parser, response, answer);
            answered = true;
          }
          case "UnprocessedKeys" -> unprocessed(parser, response, answer);
          case "ConsumedCapacity" -> capacities(parser, answer);
          default -> parser.skipChildren();
        }
      }
      if (!answered) {
        throw new IOException("no items in the answer");
      }
    }
    return answer;
  }

  /** {@code {"table":[{…},…]}}. */
  private static void responses(JsonParser parser, ResponseBuffer response, Answer answer)
      throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      expect(parser.nextToken(), JsonToken.START_ARRAY);
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        answer.items.add(item(parser, response));
      }
    }
  }

  /** {@code {"table":{"Keys":[{…},…],…}}}. */
  private void unprocessed(JsonParser parser, ResponseBuffer response, Answer answer)
      throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isKeys = parser.currentName().equals("Keys");
        if (parser.nextToken() != JsonToken.START_ARRAY || !isKeys) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          answer.unprocessed.add(keys.read(item(parser, response)));
        }
      }
    }
  }

  private static Item item(JsonParser parser, ResponseBuffer response) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    int to = (int) parser.currentLocation().getByteOffset();
    return DynamoDbJson.decode(response.array(), from, to - from);
  }

  private static void capacities(JsonParser parser, Answer answer) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isUnits = parser.currentName().equals("CapacityUnits");
        if (parser.nextToken().isNumeric() && isUnits) {
          answer.units += parser.getDoubleValue();
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private static void expect(JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("expected " + wanted + ", found " + found);
    }
  }
}
