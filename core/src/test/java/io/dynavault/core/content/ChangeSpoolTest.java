// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ChangeSpool.Memory;
import io.dynavault.format.item.ChangeLine.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChangeSpoolTest {
  private static final int STREAMS = 3;

  /** Memory from none at all, through some that is full now and then, to plenty. */
  @Property(tries = 100)
  void theHighestRankOfEachKeyCounts(
      @ForAll long seed,
      @ForAll @IntRange(max = 16) int keyMemory,
      @ForAll @IntRange(max = 20) int imageMemory,
      @ForAll @IntRange(max = 16) int streamMemory)
      throws InterruptedException {
    Memory memory =
        new Memory(KeyDigest.PARTITIONS << keyMemory, 1 << imageMemory, 1 << streamMemory);
    SplittableRandom chance = new SplittableRandom(seed);
    Map<KeyDigest, Long> ranks = new HashMap<>();
    Map<KeyDigest, String> images = new HashMap<>();
    try (ChangeSpool spool = new ChangeSpool(STREAMS, memory)) {
      for (int stream = 0; stream < STREAMS; stream++) {
        try (ChangeSpool.Writer writer = spool.write(stream)) {
          for (int i = 0; i < 500; i++) {
            KeyDigest key = key(chance.nextInt(200));
            long rank = chance.nextLong(300); // often the same: the later one counts
            String image =
                chance.nextInt(4) == 0 ? null : stream + "/" + i + "x".repeat(chance.nextInt(200));
            add(writer, key, rank, image);
            if (ranks.getOrDefault(key, -1L) <= rank) {
              ranks.put(key, rank);
              images.put(key, image);
            }
          }
          writer.end();
        }
      }
      spool.finish();

      assertThat(ranks.keySet()).allMatch(spool::contains);
      assertThat(spool.contains(key(301))).isFalse();
      List<String> expected = images.values().stream().filter(image -> image != null).toList();
      assertThat(read(spool)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(read(spool)).hasSameSizeAs(expected); // again: a part may be read twice
    }
  }

  @Example
  void aStreamHasTheImagesThatWereAddedToIt() throws InterruptedException {
    try (ChangeSpool spool = new ChangeSpool(2)) {
      try (ChangeSpool.Writer later = spool.write(1)) {
        add(later, key(1), 7, "later");
        add(later, key(2), 8, null);
        later.end();
      }
      try (ChangeSpool.Writer earlier = spool.write(0)) {
        assertThat(earlier.add(key(1), 3)).as("is outranked already").isFalse();
        assertThat(earlier.add(key(2), 4)).as("is deleted later").isFalse();
        add(earlier, key(3), 5, "alone");
        earlier.end();
      }
      spool.finish();

      assertThat(read(spool, 0)).containsExactly("alone");
      assertThat(read(spool, 1)).containsExactly("later");
      assertThat(spool.contains(key(2))).isTrue();
    }
  }

  @Example
  void imagesLargerThanTheMemoryAreKept() throws InterruptedException {
    String large = "L".repeat(100_000);
    String larger = "M".repeat(300_000);
    try (ChangeSpool spool = new ChangeSpool(1, new Memory(1 << 20, 0, 2048));
        ChangeSpool.Writer writer = spool.write(0)) {
      add(writer, key(0), 1, "small");
      add(writer, key(1), 1, large);
      add(writer, key(2), 1, "other");
      add(writer, key(0), 2, larger);
      writer.end();
      spool.finish();

      assertThat(read(spool)).containsExactly(large, "other", larger);
    }
  }

  @Example
  void nothingIsThereWithoutChanges() throws InterruptedException {
    try (ChangeSpool spool = new ChangeSpool(1)) {
      try (ChangeSpool.Writer writer = spool.write(0)) {
        writer.end();
      }
      spool.finish();

      assertThat(spool.contains(key(1))).isFalse();
      assertThat(read(spool)).isEmpty();
    }
  }

  /** A digest whose lower half is zero is told from a free slot. */
  @Property(tries = 10)
  void everyDigestIsAKey(@ForAll @IntRange(max = 8) int keyMemory) throws InterruptedException {
    List<KeyDigest> odd = List.of(new KeyDigest(0, 0), new KeyDigest(1, 0), new KeyDigest(-1, -1));
    try (ChangeSpool spool =
            new ChangeSpool(1, new Memory(KeyDigest.PARTITIONS << keyMemory, 0, 0));
        ChangeSpool.Writer writer = spool.write(0)) {
      assertThat(odd).noneMatch(spool::contains);
      for (int i = 0; i < 40; i++) {
        add(writer, new KeyDigest(i, 100 + i), i, null);
      }
      odd.forEach(key -> add(writer, key, 1, "of " + key));
      writer.end();
      spool.finish();

      assertThat(odd).allMatch(spool::contains);
      assertThat(spool.contains(new KeyDigest(2, 0))).isFalse();
      assertThat(read(spool)).hasSize(3);
    }
  }

  private static void add(ChangeSpool.Writer writer, KeyDigest key, long rank, String image) {
    byte[] bytes = ("[" + image).getBytes(UTF_8);
    if (writer.add(key, rank) && image != null) {
      writer.image(bytes, new Slice(1, bytes.length - 1, size(image)));
    }
  }

  private static List<String> read(ChangeSpool spool) throws InterruptedException {
    List<String> images = new ArrayList<>();
    for (int number = 0; number < spool.streams(); number++) {
      images.addAll(read(spool, number));
    }
    return images;
  }

  private static List<String> read(ChangeSpool spool, int number) throws InterruptedException {
    List<String> images = new ArrayList<>();
    spool.read(
        number,
        (json, offset, length, size) -> {
          String image = new String(json, offset, length, UTF_8);
          assertThat(size).isEqualTo(size(image));
          images.add(image);
        });
    return images;
  }

  /** Not what DynamoDB counts, but another number than the length. */
  private static int size(String image) {
    return 3 * image.length() + 1;
  }

  /** Some keys want the same slot, and the lower half of the digest alone tells nothing. */
  private static KeyDigest key(int number) {
    return new KeyDigest(((long) number << 56) | number, 1 + number / 3);
  }
}
