// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.capacity.RateController;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.time.TestingTime;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.TestingTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A table with a partition key {@code pk} of type S that answers Scan and GetItem. */
final class TestingTableItems {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  final String name;
  final Map<String, String> items = new TreeMap<>();
  final TestingTransport transport = new TestingTransport(this::answer);
  final StopSignal stop = new StopSignal();
  final RunContext context;

  TestingTableItems(String name) {
    this.name = name;
    TestingTime time = new TestingTime();
    this.context =
        new RunContext(
            new Timing(InstantSource.system(), time, new SplittableRandom(1)),
            time,
            new Progress(name),
            stop);
  }

  static String item(String key, String attribute) {
    return "{\"pk\":{\"S\":\"%s\"},\"a\":{\"S\":\"%s\"}}".formatted(key, attribute);
  }

  TestingTableItems put(String key, String attribute) {
    items.put(key, item(key, attribute));
    return this;
  }

  TableScan scan() {
    RateController rate =
        new RateController(
            OptionalDouble.empty(),
            Duration.ofMinutes(1),
            context.ticker(),
            context.timing().sleeper(),
            context.timing().random(),
            stop);
    return new TableScan(
        transport, ScanQuery.all(name, true), rate, OptionalDouble.empty(), 0, 0, 2, context);
  }

  long requests(String operation) {
    return transport.requests().stream().filter(r -> r.operation().equals(operation)).count();
  }

  /** A table this small has all its items in the first segment. */
  private String answer(String operation, String body) {
    JsonNode request = parse(body);
    if (operation.equals("GetItem")) {
      String item = items.get(request.at("/Key/pk/S").asText());
      return "{%s\"ConsumedCapacity\":{\"TableName\":\"%s\",\"CapacityUnits\":1.0}}"
          .formatted(item == null ? "" : "\"Item\":" + item + ",", name);
    }
    Map<String, String> here = request.path("Segment").asInt() == 0 ? items : Map.of();
    String page =
        request.path("Select").asText().equals("COUNT")
            ? ""
            : ",\"Items\":[" + String.join(",", here.values()) + "]";
    return "{\"Count\":%d,\"ScannedCount\":%d%s}".formatted(here.size(), here.size(), page);
  }

  private static JsonNode parse(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }
}
