// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.benchmark.data.ItemGenerator;
import io.dynavault.benchmark.data.Shape;
import io.dynavault.core.stream.ShardStart;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.format.item.ChangeLine.Slice;
import io.dynavault.format.item.StreamPage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratedStreamTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ITEMS = 10;

  private final GeneratedStream stream = new GeneratedStream(Shape.MIXED, ITEMS, BEGIN);
  private final ResponseBuffer buffer = new ResponseBuffer();
  private final StreamPage page = new StreamPage();

  @Test
  void everyChangeBeginsWithWhatTheOneBeforeItHasMadeOfTheItem() {
    Map<String, String> items = new HashMap<>();
    for (int i = 0; i < ITEMS; i++) {
      items.put(
          new String(new ItemGenerator(Shape.MIXED).key(i), UTF_8),
          new String(new ItemGenerator(Shape.MIXED).item(i), UTF_8));
    }
    stream.write(3503);
    long changes = 0;

    for (int shard = 0; shard < 4; shard++) {
      String iterator = horizon(shard);
      stream.records(iterator, buffer);
      page.parse(buffer.array(), 0, buffer.length());
      while (page.count() > 0) {
        assertThat(page.count()).isLessThanOrEqualTo(1000);
        for (int i = 0; i < page.count(); i++) {
          String key = text(page.keys(i));
          assertThat(text(page.oldImage(i))).isEqualTo(items.get(key));
          items.put(key, text(page.newImage(i)));
        }
        changes += page.count();
        stream.records(page.nextShardIterator(), buffer);
        page.parse(buffer.array(), 0, buffer.length());
      }
    }

    assertThat(changes).isEqualTo(3503);
    assertThat(items.values()).allMatch(item -> item.contains("\"changed\""));
  }

  @Test
  void timeGoesOnWhenThereIsNothingToRead() {
    stream.write(4);

    Instant withRecords = stream.records(horizon(0), buffer);
    page.parse(buffer.array(), 0, buffer.length());
    Instant withoutRecords = stream.records(page.nextShardIterator(), buffer);

    assertThat(page.creationMicros(0)).isEqualTo(withRecords.getEpochSecond() * 1_000_000);
    assertThat(withoutRecords).isEqualTo(withRecords.plusSeconds(1));
  }

  @Test
  void readingGoesOnAtARecord() {
    stream.write(8);
    stream.records(horizon(1), buffer);
    page.parse(buffer.array(), 0, buffer.length());
    String second = page.sequenceNumber(1);

    String iterator =
        stream.iterator(
            stream.arn(), shard(1), new ShardStart(ShardStart.Kind.AT, Optional.of(second)));
    stream.records(iterator, buffer);
    page.parse(buffer.array(), 0, buffer.length());

    assertThat(page.count()).isEqualTo(1);
    assertThat(page.sequenceNumber(0)).isEqualTo(second);
  }

  private String horizon(int shard) {
    ShardStart start = new ShardStart(ShardStart.Kind.TRIM_HORIZON, Optional.empty());
    return stream.iterator(stream.arn(), shard(shard), start);
  }

  private String shard(int index) {
    return stream.describe(stream.arn()).shards().get(index).id();
  }

  private String text(@Nullable Slice slice) {
    assertThat(slice).isNotNull();
    return new String(page.array(), slice.offset(), slice.length(), UTF_8);
  }
}
