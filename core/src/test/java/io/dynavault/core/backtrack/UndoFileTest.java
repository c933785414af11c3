// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.write.ItemSwap;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UndoFileTest {
  private static final KeyReader KEYS =
      new KeyReader(KeySchema.of(new KeyAttribute("pk", ScalarType.S)));
  private static final UndoHeader HEADER =
      new UndoHeader(
          "orders",
          "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
          Instant.parse("2026-11-21T14:30:00Z"),
          Optional.of(Instant.parse("2026-11-21T14:02:59Z")),
          "1.2");

  @TempDir Path folder;

  @Test
  void aPlainFileIsWhatTheFormatSays() throws Exception {
    Path file = folder.resolve("undo.jsonl");
    try (UndoWriter writer = UndoWriter.create(file, HEADER, KEYS)) {
      writer.record(List.of(replaced("a", "1", "2"), put("b", "3")));
      writer.record(List.of(deleted("c", "4")));
      writer.notDone(List.of(put("b", "3").key()));
      assertThat(writer.swaps()).isEqualTo(2);
    }
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {"formatVersion":"1.0","content":"UNDO","tableName":"orders",\
            "tableArn":"arn:aws:dynamodb:us-east-1:111122223333:table/orders",\
            "created":"2026-11-21T14:30:00Z","toTime":"2026-11-21T14:02:59Z","toolVersion":"1.2"}
            {"Keys":{"pk":{"S":"a"}},"OldImage":{"pk":{"S":"a"},"n":{"N":"1"}},\
            "NewImage":{"pk":{"S":"a"},"n":{"N":"2"}}}
            {"Keys":{"pk":{"S":"b"}},"NewImage":{"pk":{"S":"b"},"n":{"N":"3"}}}
            {"Keys":{"pk":{"S":"c"}},"OldImage":{"pk":{"S":"c"},"n":{"N":"4"}}}
            {"NotDone":{"pk":{"S":"b"}}}
            {"End":{"items":3,"notDone":1}}
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"undo.jsonl", "undo.jsonl.gz"})
  void whatWasWrittenIsReadBackAsTheWayBack(String name) {
    Path file = folder.resolve(name);
    List<ItemSwap> swaps = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      swaps.add(replaced("k" + i, "1", "2"));
    }
    write(file, swaps, List.of(swaps.get(7)));
    try (UndoFile undo = UndoFile.open(file, KEYS)) {
      assertThat(undo.header()).isEqualTo(HEADER);
      assertThat(undo.size()).isEqualTo(249);
      assertThat(undo.isCut()).isFalse();
      List<Wanted> all = readAll(undo);
      assertThat(all).hasSize(249);
      assertThat(all).extracting(Wanted::key).doesNotContain(swaps.get(7).key());
      assertThat(all.get(0).target()).isEqualTo(swaps.get(0).before());
      assertThat(all.get(0).known()).isEqualTo(swaps.get(0).after());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"undo.jsonl", "undo.jsonl.gz"})
  void aFileThatEndsAnywhereHasAllItemsThatWereOnDiskBefore(String name) throws Exception {
    Path file = folder.resolve(name);
    List<Long> sizes = new ArrayList<>();
    try (UndoWriter writer = UndoWriter.create(file, HEADER, KEYS)) {
      for (int i = 0; i < 5; i++) {
        writer.record(List.of(replaced("k" + i, "1", "2"), put("p" + i, "3")));
        sizes.add(Files.size(file));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut-" + name);
    for (int length = whole.length - 1; length >= sizes.get(0); length--) {
      Files.write(cut, Arrays.copyOf(whole, length));
      long end = length;
      long promised = 2 * sizes.stream().filter(size -> size <= end).count();
      try (UndoFile undo = UndoFile.open(cut, KEYS)) {
        assertThat(readAll(undo).size())
            .as("%s bytes", length)
            .isGreaterThanOrEqualTo((int) promised);
        assertThat(undo.isCut() || length > sizes.get(4)).isTrue();
      }
    }
  }

  @Test
  void lostLinesAreNoticed() throws Exception {
    Path file = folder.resolve("undo.jsonl");
    write(file, List.of(put("a", "1"), put("b", "2")), List.of());
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(1);
    Files.write(file, lines);
    assertDamaged(file, "lines are missing");
  }

  @Test
  void aFlippedBitIsNoticed() throws Exception {
    Path file = folder.resolve("undo.jsonl.gz");
    write(file, List.of(put("a", "1"), put("b", "2")), List.of());
    byte[] bytes = Files.readAllBytes(file);
    int inHeader;
    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      inHeader = in.read();
    }
    assertThat(inHeader).isEqualTo('{');
    for (int at = 12; at < 40; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 4;
      Files.write(file, flipped);
      assertThatThrownBy(() -> UndoFile.open(file, KEYS).close())
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }
  }

  @Test
  void anythingElseIsRefused() throws Exception {
    Path file = folder.resolve("undo.jsonl");
    assertThatThrownBy(() -> UndoFile.header(file))
        .isInstanceOfSatisfying(
            DynavaultException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_NOT_FOUND));
    Files.writeString(file, "");
    assertDamaged(file, "it has no first line");
    Files.writeString(file, "{\"formatVersion\":\"1.0\",\"content\":\"OTHER\"}\n");
    assertDamaged(file, "the first line: 'content' is not that of an undo file");
    Path compressed = folder.resolve("undo.gz");
    Files.writeString(compressed, "no gzip at all");
    assertDamaged(compressed, "it is not compressed with gzip, or empty");
  }

  @Test
  void aFileThatExistsIsNeverReplaced() throws Exception {
    Path file = folder.resolve("undo.jsonl");
    Files.writeString(file, "the way back of another run");
    assertThatThrownBy(() -> UndoWriter.create(file, HEADER, KEYS))
        .isInstanceOf(DynavaultException.class)
        .hasMessage("unable to write the undo file '" + file + "': it exists");
    Path other = folder.resolve("other.jsonl");
    try (UndoWriter writer = UndoWriter.create(other, HEADER, KEYS)) {
      Files.writeString(other, "made meanwhile");
      assertThatThrownBy(() -> writer.record(List.of(put("a", "1"))))
          .isInstanceOf(DynavaultException.class);
    }
    assertThat(Files.readString(other)).isEqualTo("made meanwhile");
  }

  @Test
  void aRunThatWritesNothingLeavesNoFile() {
    Path file = folder.resolve("undo.jsonl");
    UndoWriter.create(file, HEADER, KEYS).close();
    assertThat(file).doesNotExist();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
  void onlyItsOwnerMayReadIt() throws IOException {
    Path file = folder.resolve("undo.jsonl");
    write(file, List.of(put("a", "1")), List.of());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static void assertDamaged(Path file, String reason) {
    assertThatThrownBy(() -> UndoFile.open(file, KEYS).close())
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
        .hasMessage("unable to read the undo file '" + file + "': " + reason);
  }

  private static List<Wanted> readAll(UndoFile undo) {
    List<Wanted> all = new ArrayList<>();
    for (List<Wanted> some = undo.next(); !some.isEmpty(); some = undo.next()) {
      assertThat(some.size()).isLessThanOrEqualTo(100);
      all.addAll(some);
    }
    return all;
  }

  private static void write(Path file, List<ItemSwap> swaps, List<ItemSwap> notDone) {
    try (UndoWriter writer = UndoWriter.create(file, HEADER, KEYS)) {
      writer.record(swaps);
      writer.notDone(notDone.stream().map(ItemSwap::key).toList());
    }
  }

  private static ItemSwap put(String key, String number) {
    return swap(Optional.empty(), Optional.of(item(key, number)));
  }

  private static ItemSwap deleted(String key, String number) {
    return swap(Optional.of(item(key, number)), Optional.empty());
  }

  private static ItemSwap replaced(String key, String before, String after) {
    return swap(Optional.of(item(key, before)), Optional.of(item(key, after)));
  }

  private static ItemSwap swap(Optional<Item> before, Optional<Item> after) {
    return new ItemSwap(KEYS.read(before.or(() -> after).orElseThrow()), before, after);
  }

  private static Item item(String key, String number) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    attributes.put("pk", new Value.S(key));
    attributes.put("n", new Value.N(number));
    return new Item(attributes);
  }
}
