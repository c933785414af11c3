// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log line that CloudWatch Logs makes metrics of (Amazon CloudWatch User Guide, "Specification:
 * Embedded metric format").
 */
final class EmfLine {
  private static final String NAMESPACE = "Dynavault";

  /** The longest value of a dimension. */
  private static final int VALUE_LENGTH = 1024;

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ArrayNode metrics;

  /**
   * @param dimensions their values
   * @param sets names of the dimensions that every figure is published with; an empty set publishes
   *     it without any
   */
  EmfLine(Instant time, Map<String, String> dimensions, List<List<String>> sets) {
    ObjectNode directive =
        root.putObject("_aws")
            .put("Timestamp", time.toEpochMilli())
            .putArray("CloudWatchMetrics")
            .addObject()
            .put("Namespace", NAMESPACE);
    ArrayNode all = directive.putArray("Dimensions");
    for (List<String> set : sets) {
      ArrayNode names = all.addArray();
      set.stream().sorted().forEach(names::add);
    }
    metrics = directive.putArray("Metrics");
    new TreeMap<>(dimensions).forEach((name, value) -> root.put(name, dimensionValue(value)));
  }

  EmfLine metric(String name, String unit, double value) {
    metrics.addObject().put("Name", name).put("Unit", unit);
    root.put(name, value);
    return this;
  }

  EmfLine metric(String name, String unit, long value) {
    metrics.addObject().put("Name", name).put("Unit", unit);
    root.put(name, value);
    return this;
  }

  /** What is found in the log and is no metric. */
  EmfLine property(String name, String value) {
    root.put(name, value);
    return this;
  }

  /** CloudWatch takes ASCII that is not blank and does not begin with a colon. */
  private static String dimensionValue(String text) {
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?").strip();
    String cut = ascii.substring(0, Math.min(ascii.length(), VALUE_LENGTH));
    return cut.isEmpty() || cut.startsWith(":") ? "?" + cut : cut;
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
