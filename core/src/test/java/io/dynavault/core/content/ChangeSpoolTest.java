// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
  /** Memory from none at all, through some that is full now and then, to plenty. */
  @Property(tries = 20)
  void theHighestRankOfEachKeyCounts(@ForAll long seed, @ForAll @IntRange(max = 16) int magnitude)
      throws InterruptedException {
    SplittableRandom chance = new SplittableRandom(seed);
    Map<KeyDigest, Long> ranks = new HashMap<>();
    Map<KeyDigest, String> images = new HashMap<>();
    try (ChangeSpool spool = new ChangeSpool(ChangeSpool.PARTITIONS << magnitude)) {
      for (int i = 0; i < 1000; i++) {
        KeyDigest key = key(chance.nextInt(200));
        long rank = chance.nextLong(1000) * 1000 + i;
        String image = chance.nextInt(4) == 0 ? null : "i" + i + "x".repeat(chance.nextInt(200));
        add(spool, key, rank, image);
        if (ranks.getOrDefault(key, -1L) < rank) {
          ranks.put(key, rank);
          images.put(key, image);
        }
      }
      spool.finish();

      assertThat(ranks.keySet()).allMatch(spool::contains);
      assertThat(spool.contains(key(301))).isFalse();
      List<String> expected = images.values().stream().filter(image -> image != null).toList();
      assertThat(read(spool)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(spool.images()).isEqualTo(expected.size());
    }
  }

  @Example
  void imagesLargerThanTheMemoryAreKept() throws InterruptedException {
    String large = "L".repeat(100_000);
    try (ChangeSpool spool = new ChangeSpool(ChangeSpool.PARTITIONS * 2048)) {
      add(spool, key(0), 1, "small");
      add(spool, key(256), 1, large);
      add(spool, key(512), 1, "other");
      add(spool, key(0), 2, large);
      spool.finish();

      assertThat(read(spool)).containsExactlyInAnyOrder(large, large, "other");
    }
  }

  @Example
  void nothingIsThereWithoutChanges() throws InterruptedException {
    try (ChangeSpool spool = new ChangeSpool()) {
      spool.finish();

      assertThat(spool.contains(key(1))).isFalse();
      assertThat(read(spool)).isEmpty();
    }
  }

  /** One key that changes all the time takes the room of one, or at most of two. */
  @Example
  void aHotKeyDoesNotFillTheMemory() throws Exception {
    SpoolPartition partition = new SpoolPartition(8 * 1024);
    for (int i = 0; i < 10_000; i++) {
      byte[] image = ("i" + i + "y".repeat(i % 1000)).getBytes(UTF_8);
      partition.add(
          key(0),
          i,
          image,
          new Slice(0, image.length, i),
          full -> {
            throw new AssertionError("one key has filled the memory");
          });
    }
    List<String> found = new ArrayList<>();
    partition.each(
        (high, low, rank, json, image) ->
            found.add(
                rank
                    + "/"
                    + image.size()
                    + new String(json, image.offset(), image.length(), UTF_8)));
    assertThat(found).containsExactly("9999/9999i9999" + "y".repeat(999));
  }

  /** Deletions alone take memory, too. */
  @Example
  void deletedKeysAreSpilled() throws Exception {
    SpoolPartition partition = new SpoolPartition(64 * 1024);
    List<Integer> spilled = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      Slice nothing = new Slice(0, SpoolPartition.DELETED, 0);
      partition.add(key(i), i, new byte[0], nothing, full -> spilled.add(full.keys()));
    }
    assertThat(spilled).hasSizeGreaterThan(10).allMatch(keys -> keys * 40 <= 64 * 1024);
    assertThat(spilled.stream().mapToInt(keys -> keys).sum() + partition.keys()).isEqualTo(100_000);
  }

  private static void add(ChangeSpool spool, KeyDigest key, long rank, String image) {
    byte[] bytes = ("[" + image).getBytes(UTF_8);
    spool.add(key, rank, bytes, image == null ? null : new Slice(1, bytes.length - 1, size(image)));
  }

  private static List<String> read(ChangeSpool spool) throws InterruptedException {
    List<String> images = new ArrayList<>();
    for (int number = 0; number < ChangeSpool.PARTITIONS; number++) {
      spool.read(
          number,
          (json, offset, length, size) -> {
            images.add(new String(json, offset, length, UTF_8));
            assertThat(size).isEqualTo(size(images.get(images.size() - 1)));
          });
    }
    return images;
  }

  /** Not what DynamoDB counts, but another number than the length. */
  private static int size(String image) {
    return 3 * image.length() + 1;
  }

  /** Some keys want the same slot. */
  private static KeyDigest key(int number) {
    return new KeyDigest(((long) number << 56) | number, 1 + number / 3);
  }
}
