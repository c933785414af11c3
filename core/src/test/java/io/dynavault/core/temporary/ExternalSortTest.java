// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.temporary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ExternalSortTest {

  @Test
  void sortsByUnsignedBytes() throws InterruptedException {
    try (ExternalSort sort = new ExternalSort("sort", ExternalSort.MEMORY)) {
      sort.add(new byte[] {(byte) 0x80}, text("last"));
      sort.add(new byte[] {1, 2}, text("second"));
      sort.add(new byte[] {1}, text("first"));

      assertThat(values(sort)).containsExactly("first", "second", "last");
    }
  }

  @Test
  void sortsMoreThanMemoryHolds() throws InterruptedException {
    int count = 20_000;
    try (ExternalSort sort = new ExternalSort("sort", 10_000)) {
      IntStream.range(0, count)
          .boxed()
          .sorted(new Shuffled(7))
          .forEach(number -> sort.add(key(number), text("value " + number)));

      assertThat(values(sort))
          .isEqualTo(IntStream.range(0, count).mapToObj(number -> "value " + number).toList());
    }
  }

  @Test
  void keepsRecordsOfTheSameKey() throws InterruptedException {
    try (ExternalSort sort = new ExternalSort("sort", 1_000)) {
      LongStream.range(0, 100).forEach(number -> sort.add(key(5), text("v" + number)));

      assertThat(values(sort)).hasSize(100).doesNotHaveDuplicates();
    }
  }

  @Test
  void endsWhereNoMoreIsWanted() throws InterruptedException {
    List<String> read = new ArrayList<>();
    try (ExternalSort sort = new ExternalSort("sort", 500)) {
      IntStream.range(0, 50).forEach(number -> sort.add(key(number), text("v" + number)));

      sort.read(
          (key, value) -> {
            read.add(new String(value, UTF_8));
            return read.size() < 3;
          });
    }
    assertThat(read).containsExactly("v0", "v1", "v2");
  }

  @Test
  void hasNothingToReadWhereNothingWasAdded() throws InterruptedException {
    try (ExternalSort sort = new ExternalSort("sort", 500)) {
      assertThat(values(sort)).isEmpty();
    }
  }

  private static List<String> values(ExternalSort sort) throws InterruptedException {
    List<String> values = new ArrayList<>();
    sort.read(
        (key, value) -> {
          values.add(new String(value, UTF_8));
          return true;
        });
    return values;
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  /** An order without meaning that is the same in every run. */
  private record Shuffled(long seed) implements java.util.Comparator<Integer> {
    @Override
    public int compare(Integer a, Integer b) {
      int order = Integer.compare(rank(a), rank(b));
      return order != 0 ? order : Integer.compare(a, b);
    }

    private int rank(int number) {
      return new Random(seed + number).nextInt();
    }
  }
}
