// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Somebody else, who writes to items between the moments at which they are read and written. */
final class Meddler implements DynamoDbTransport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "DeleteItem");

  private final DynamoDbTransport transport;
  private final LiveTable table;
  private final Random random;
  private final Map<String, Optional<String>> written = new TreeMap<>();
  private int number;

  Meddler(DynamoDbTransport transport, LiveTable table, Random random) {
    this.transport = transport;
    this.table = table;
    this.random = random;
  }

  /** What was written by key: an item, or nothing. */
  synchronized Map<String, Optional<String>> written() {
    return new TreeMap<>(written);
  }

  /** Puts into contents what it has put into the table. */
  synchronized void applyTo(SortedMap<String, String> contents) {
    written.forEach(
        (key, item) ->
            item.ifPresentOrElse(
                json -> contents.put(key, CanonicalItem.of(json)), () -> contents.remove(key)));
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    if (WRITES.contains(operation)) {
      meddle(operation, body, length);
    }
    transport.call(operation, body, length, response);
  }

  private synchronized void meddle(String operation, byte[] body, int length) {
    ObjectNode key = JSON.createObjectNode();
    boolean exists;
    try {
      JsonNode request = JSON.readTree(body, 0, length);
      JsonNode item = request.path(operation.equals("PutItem") ? "Item" : "Key");
      key.set("id", item.path("id"));
      exists = !request.path("ConditionExpression").textValue().contains("not_exists(#0)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String canonical = CanonicalItem.of(key.toString());
    if (written.containsKey(canonical) || random.nextInt(3) > 0) {
      return;
    }
    number++;
    if (exists && random.nextInt(3) == 0 && !operation.equals("DeleteItem")) {
      table.delete(key.toString());
      written.put(canonical, Optional.empty());
      return;
    }
    JsonNode item = key;
    if (exists && random.nextBoolean()) {
      try { // the very item with one attribute more, which no condition can tell
        item = JSON.readTree(table.contents().get(canonical));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    ((ObjectNode) item).putObject("meddled").put("N", Integer.toString(number));
    table.put(item.toString());
    written.put(canonical, Optional.of(item.toString()));
  }

  @Override
  public URI endpoint() {
    return transport.endpoint();
  }

  @Override
  public String region() {
    return transport.region();
  }

  @Override
  public void close() {}
}
