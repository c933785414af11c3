// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemReaderPlaceTest {

  @Test
  void ofCsvIsTheLine() throws IOException {
    String csv = "id,text\n1,\"two\nlines\"\n2,x\n";
    assertThat(places(new CsvItemReader(input(csv), CsvFormat.of(Map.of()))))
        .containsExactly("line 2", "line 4");
  }

  @Test
  void ofJsonIsItemAndLine() throws IOException {
    assertThat(places(new PlainJsonReader(input("[{\"id\":1},{\"id\":2},\n{\"id\":3}]"))))
        .containsExactly("item 1, line 1", "item 2, line 1", "item 3, line 2");
  }

  @Test
  void ofIonIsTheItem() throws IOException {
    assertThat(places(new IonItemReader(input("$ion_1_0 {Item:{id:1}}\n$ion_1_0 {Item:{id:2}}"))))
        .containsExactly("item 1", "item 2");
  }

  private static List<String> places(ItemReader reader) throws IOException {
    List<String> places = new ArrayList<>();
    try (reader) {
      while (reader.next().isPresent()) {
        places.add(reader.place());
      }
    }
    return places;
  }

  private static ByteArrayInputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
