// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.time.Timing;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.StreamPage;
import io.dynavault.testing.simulation.SimulatedTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A sink that keeps what it was given, and notices two calls at a time. */
final class ReadChanges implements RecordSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A record as a test compares it. */
  record Change(String number, String kind, String key, String line, long micros, boolean ttl) {}

  private final List<Change> changes = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  static TailSettings settings(SimulatedTime time, int threads) {
    return new TailSettings(threads, new Timing(time, time, new Random(1)), time);
  }

  @Override
  public void record(StreamPage page, int index, long timeMicros, String shardId) {
    if (!busy.compareAndSet(false, true)) {
      throw new IllegalStateException("two calls at a time");
    }
    String key = text(page, page.keys(index), "pk");
    String line =
        page.kind(index)
            + " "
            + key
            + " "
            + text(page, page.oldImage(index), "value")
            + " "
            + text(page, page.newImage(index), "value");
    changes.add(
        new Change(
            page.sequenceNumber(index),
            page.kind(index).name(),
            key,
            line,
            timeMicros,
            page.timeToLive(index)));
    busy.set(false);
  }

  private static String text(StreamPage page, ChangeLine.@Nullable Slice slice, String attribute) {
    if (slice == null) {
      return "null";
    }
    try {
      JsonNode item =
          JSON.readTree(new String(page.array(), slice.offset(), slice.length(), UTF_8));
      return item.path(attribute).path("S").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Change> changes() {
    return changes;
  }

  List<String> numbers() {
    return changes.stream().map(Change::number).toList();
  }

  List<String> lines() {
    return changes.stream().map(Change::line).toList();
  }

  List<Long> times() {
    return changes.stream().map(Change::micros).toList();
  }
}
