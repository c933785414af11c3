// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.write;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.transport.ThrottledException;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemComparison;
import io.dynavault.format.item.ItemKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** What the table has under a key. */
record StoredItem(TableWriter table) {
  /** Whether the table has the very item that the batch wanted to put. */
  boolean equals(WriteBatch batch, int index) throws InterruptedException {
    byte[] json =
        Arrays.copyOfRange(
            batch.array(),
            batch.documentOffset(index),
            batch.documentOffset(index) + batch.documentLength(index));
    try {
      Item wanted = DynamoDbJson.decode(json);
      return read(table.keys().read(wanted))
          .filter(stored -> ItemComparison.same(wanted, stored))
          .isPresent();
    } catch (FormatException e) {
      return false;
    }
  }

  /** The item of this key, read consistently. */
  Optional<Item> read(ItemKey key) throws InterruptedException {
    RequestBody request = new RequestBody();
    request.text("{\"ConsistentRead\":true,\"TableName\":");
    request.text(RequestBody.quote(table.table())).text(",\"Key\":");
    request.writeBytes(DynamoDbJson.encode(table.keys().attributes(key)));
    request.text("}");
    ResponseBuffer response = new ResponseBuffer();
    for (int attempt = 1; ; attempt++) {
      try {
        table.transport().call("GetItem", request.array(), request.size(), response);
        return item(response);
      } catch (ThrottledException e) {
        table.counters().addThrottle();
        table.rate().throttled(attempt, 0);
      }
    }
  }

  private static Optional<Item> item(ResponseBuffer answer) {
    try (JsonParser parser = answer.parser()) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isItem = parser.currentName().equals("Item");
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        if (isItem) {
          int to = (int) parser.currentLocation().getByteOffset();
          return Optional.of(DynamoDbJson.decode(answer.array(), from, to - from));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new FormatException("answer to GetItem is not JSON", e);
    }
  }
}
