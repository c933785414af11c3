// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class DataFileProperties {

  @Property(tries = 300)
  void readsBackWhatWasWritten(@ForAll("items") List<String> items, @ForAll Compression compression)
      throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    DataFileSummary written = write(sink, items, compression);

    List<String> read = new ArrayList<>();
    try (DataFileReader reader =
        DataFileReader.open(
            new ByteArrayInputStream(sink.toByteArray()),
            "test",
            OutputFormat.DYNAMODB_JSON,
            compression)) {
      while (reader.next()) {
        read.add(new String(reader.array(), reader.itemOffset(), reader.itemLength(), UTF_8));
      }
      assertThat(reader.summary()).isEqualTo(written);
    }
    assertThat(read).isEqualTo(items);
  }

  @Property(tries = 100)
  void writesWhatGunzipReads(@ForAll("items") List<String> items) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    DataFileSummary written = write(sink, items, Compression.GZIP);

    StringBuilder expected = new StringBuilder();
    items.forEach(item -> expected.append("{\"Item\":").append(item).append("}\n"));
    try (GZIPInputStream lines =
        new GZIPInputStream(new ByteArrayInputStream(sink.toByteArray()))) {
      assertThat(new String(lines.readAllBytes(), UTF_8)).isEqualTo(expected.toString());
    }
    assertThat(written.rawBytes()).isEqualTo(expected.toString().getBytes(UTF_8).length);
  }

  @Property(tries = 500)
  void findsTheFirstLineBreakOfAnyBytes(
      @ForAll("bytesWithBreaks") byte[] bytes, @ForAll int from, @ForAll int to) {
    int start = Math.floorMod(from, bytes.length + 1);
    int end = start + Math.floorMod(to, bytes.length - start + 1);

    int expected = -1;
    for (int i = end - 1; i >= start; i--) {
      expected = bytes[i] == '\n' ? i : expected;
    }
    assertThat(LineBreaks.indexOf(bytes, start, end)).isEqualTo(expected);
  }

  @Property(tries = 300)
  void readsManifestsBack(@ForAll("dataFiles") List<DataFile> files) throws IOException {
    List<DataFile> read = new ArrayList<>();
    byte[] lines = ManifestFiles.toJsonLines(files);
    ManifestFiles.parse(new ByteArrayInputStream(lines), read::add);

    assertThat(read).isEqualTo(files);
    assertThat(new String(lines, UTF_8).lines()).hasSize(files.size());
  }

  private static DataFileSummary write(
      ByteArrayOutputStream sink, List<String> items, Compression compression) throws IOException {
    try (DataFileWriter writer = DataFileWriter.open(sink, compression)) {
      for (String item : items) {
        byte[] page = ("[" + item + "]").getBytes(UTF_8);
        writer.writeItem(page, 1, page.length - 2);
        Arrays.fill(page, (byte) '!');
      }
      return writer.finish();
    }
  }

  /** Objects whose strings hold brackets, quotes and escapes; some far larger than buffers. */
  @Provide
  Arbitrary<List<String>> items() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\\\"", "\\\\", "\\n", "\\u0000", "ü", "😀", "a");
    Arbitrary<String> text = piece.list().ofMaxSize(20).map(p -> String.join("", p));
    Arbitrary<Integer> repetitions =
        Arbitraries.frequency(Tuple.of(20, 1), Tuple.of(2, 5_000), Tuple.of(1, 20_000));
    Arbitrary<String> item =
        Combinators.combine(text, text, repetitions)
            .as(
                (name, value, times) ->
                    "{\"x"
                        + name
                        + "\":{\"L\":[{\"S\":\""
                        + value.repeat(times)
                        + "\"},{\"M\":{}}]}}");
    return item.list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<byte[]> bytesWithBreaks() {
    return Arbitraries.of((byte) '\n', (byte) 0, (byte) 9, (byte) 11, (byte) 0x8a, (byte) -1)
        .list()
        .ofMaxSize(40)
        .map(
            list -> {
              byte[] bytes = new byte[list.size()];
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = list.get(i);
              }
              return bytes;
            });
  }

  @Provide
  Arbitrary<List<DataFile>> dataFiles() {
    Arbitrary<String> key = Arbitraries.strings().all().ofMaxLength(50);
    return key.filter(DataFileProperties::isEncodable)
        .map(text -> new DataFile(text.length(), "y+zg5fVeudb3R3DOQ+RKgA==", "e-1", text))
        .list()
        .ofMaxSize(10);
  }

  /** Half a surrogate pair has no UTF-8. */
  private static boolean isEncodable(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }
}
