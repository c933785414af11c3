// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What the stub has served since it was last asked to begin anew.
 *
 * @param items scanned or written
 * @param requests answered with items
 * @param units capacity units charged
 * @param unitsPerSecond units per second from the first request to the last one, whose own cost
 *     belongs to the time after it
 */
public record Counters(long items, long requests, double units, double unitsPerSecond) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String toJson() {
    return "{\"items\":%d,\"requests\":%d,\"units\":%s,\"unitsPerSecond\":%s}"
        .formatted(items, requests, units, unitsPerSecond);
  }

  static Counters parse(byte[] json) throws IOException {
    JsonNode node = JSON.readTree(json);
    return new Counters(
        node.path("items").longValue(),
        node.path("requests").longValue(),
        node.path("units").doubleValue(),
        node.path("unitsPerSecond").doubleValue());
  }
}
