// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * What the measured passes of one JVM took together.
 *
 * @param passes how many
 * @param items of all passes
 * @param cpuSeconds of the whole process, compiler and collector included
 * @param wallSeconds of the passes
 * @param peakMegabytes most memory that the process ever had resident; 0 where unknown
 */
public record Measurement(
    int passes, long items, double cpuSeconds, double wallSeconds, double peakMegabytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Processor time per million items. */
  public double cpuPerMillion() {
    return cpuSeconds / items * 1e6;
  }

  /** Wall time per million items. */
  public double wallPerMillion() {
    return wallSeconds / items * 1e6;
  }

  /** Items per second of wall time. */
  public double perSecond() {
    return items / wallSeconds;
  }

  /** As a line that a child prints. */
  public String toJson() {
    return "{\"passes\":%d,\"items\":%d,\"cpuSeconds\":%s,\"wallSeconds\":%s,\"peakMegabytes\":%s}"
        .formatted(passes, items, cpuSeconds, wallSeconds, peakMegabytes);
  }

  /** Reads what {@link #toJson} wrote. */
  public static Measurement parse(String json) throws IOException {
    JsonNode node = JSON.readTree(json);
    return new Measurement(
        node.path("passes").intValue(),
        node.path("items").longValue(),
        node.path("cpuSeconds").doubleValue(),
        node.path("wallSeconds").doubleValue(),
        node.path("peakMegabytes").doubleValue());
  }
}
