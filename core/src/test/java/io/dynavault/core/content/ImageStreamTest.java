// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.item.ChangeLine.Slice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageStreamTest {
  private static final int MEMORY = 8 * 1024;

  private final SpoolFolder folder = new SpoolFolder();
  private final DecidingChanges deciding = new DecidingChanges(1 << 24, folder);

  @AfterEach
  void removeFiles() throws IOException {
    folder.close();
  }

  /** Versions of one key that lose do not take the disk. */
  @Test
  void aHotKeyIsNotWritten() throws Exception {
    try (ImageStream stream = stream()) {
      for (int i = 1; i <= 10_000; i++) {
        add(stream, 0, i, "i" + i + "y".repeat(i % 1000));
      }
      stream.end(new AtomicLong());
      assertThat(Files.size(file())).isLessThan(MEMORY);
      assertThat(read(stream)).containsExactly("i10000");
    }
  }

  /** Each image counts when memory is full, and all of them lose later. */
  @Test
  void whatHasLostAfterItWasWrittenIsLeftOut() throws Exception {
    try (ImageStream stream = stream()) {
      for (int round = 1; round <= 3; round++) {
        for (int key = 0; key < 100; key++) {
          add(stream, key, 100 * round + key, round + "/" + key + "z".repeat(150));
        }
      }
      stream.end(new AtomicLong());
      assertThat(Files.size(file())).isGreaterThan(2 * 100 * 150);
      assertThat(read(stream)).hasSize(100).allMatch(image -> image.startsWith("3/"));
    }
  }

  @Test
  void whatHasRoomStaysInMemory() throws Exception {
    AtomicLong room = new AtomicLong(1000);
    try (ImageStream first = stream();
        ImageStream second = stream()) {
      add(first, 1, 1, "a".repeat(700));
      first.end(room);
      long left = room.get();
      add(second, 2, 2, "b".repeat(700));
      second.end(room);

      assertThat(left).isBetween(200L, 300L);
      assertThat(room.get()).isEqualTo(left);
      assertThat(read(first)).containsExactly("a".repeat(700));
      assertThat(read(second)).containsExactly("b".repeat(700));
    }
  }

  @Test
  void aFileThatIsCutOffIsFound() throws Exception {
    try (ImageStream stream = stream()) {
      add(stream, 1, 1, "a".repeat(700));
      add(stream, 2, 2, "b".repeat(700));
      stream.end(new AtomicLong());
      byte[] whole = Files.readAllBytes(file());
      for (int cut : new int[] {1, 699, 700 + ImageEntries.HEAD - 1}) {
        Files.write(file(), Arrays.copyOf(whole, whole.length - cut));
        assertThatThrownBy(() -> read(stream)).isInstanceOf(EOFException.class);
      }
    }
  }

  private ImageStream stream() {
    return new ImageStream(deciding, folder, "images", MEMORY);
  }

  private Path file() throws IOException {
    return folder.get().file("images");
  }

  private void add(ImageStream stream, int key, long rank, String image) throws IOException {
    KeyDigest digest = new KeyDigest(key, key);
    byte[] bytes = image.getBytes(UTF_8);
    RankTable.Outcome outcome = deciding.offer(digest, rank, rank);
    stream.add(outcome, digest, rank, rank, bytes, new Slice(0, bytes.length, 1));
  }

  private static List<String> read(ImageStream stream) throws Exception {
    List<String> images = new ArrayList<>();
    stream.read(
        (json, offset, length, size) -> images.add(new String(json, offset, length, UTF_8)));
    return images;
  }
}
