// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DynamoDbJsonReaderTest {
  private static final Item ONE = new Item(Map.of("id", new Value.N("1")));
  private static final Item TWO = new Item(Map.of("id", new Value.N("2")));

  @Test
  void readsItemsWithAndWithoutTheirWrapping() throws IOException {
    assertThat(read("{\"Item\":{\"id\":{\"N\":\"1\"}}}\n{\"id\":{\"N\":\"2\"}}\n"))
        .containsExactly(ONE, TWO);
  }

  @Test
  void doesWithoutALastLineFeedAndSkipsEmptyLines() throws IOException {
    assertThat(read("\uFEFF{\"id\":{\"N\":\"1\"}}\r\n\r\n \n  {\"id\":{\"N\":\"2\"}}"))
        .containsExactly(ONE, TWO);
    assertThat(read("")).isEmpty();
    assertThat(read("\n\n")).isEmpty();
  }

  @Test
  void anAttributeCanBeCalledItem() throws IOException {
    assertThat(read("{\"Item\":{\"S\":\"x\"}}"))
        .containsExactly(new Item(Map.of("Item", new Value.S("x"))));
    assertThat(read("{\"Item\":{\"S\":{\"S\":\"x\"}}}"))
        .containsExactly(new Item(Map.of("S", new Value.S("x"))));
    assertThat(read("{\"Item\":{\"N\":\"1\"},\"id\":{\"N\":\"1\"}}"))
        .containsExactly(new Item(Map.of("Item", new Value.N("1"), "id", new Value.N("1"))));
  }

  @Test
  void saysInWhichLineTheFaultIsAndNotWhatIsInIt() {
    assertThatThrownBy(() -> read("{\"id\":{\"N\":\"1\"}}\n\n{\"id\":{\"N\":\"secret\"}}\n"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("unable to read line 3: ")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> read("{\"Item\":{\"id\":{\"N\":1}}}"))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith("unable to read line 1: ");
  }

  @Test
  void tellsWhereEachItemStands() throws IOException {
    byte[] text = "\n{\"id\":{\"N\":\"1\"}}\n\n{\"id\":{\"N\":\"2\"}}\n".getBytes(UTF_8);
    try (DynamoDbJsonReader reader = new DynamoDbJsonReader(new ByteArrayInputStream(text))) {
      reader.next();
      assertThat(reader.place()).isEqualTo("line 2");
      reader.next();
      assertThat(reader.place()).isEqualTo("line 4");
    }
  }

  @Test
  void refusesALineWithoutEnd() {
    String endless = "{\"id\":{\"S\":\"" + "x".repeat(DynamoDbJsonReader.MAX_LINE) + "\"}}";
    assertThatThrownBy(() -> read(endless))
        .isInstanceOf(FormatException.class)
        .hasMessage("unable to read line 1: it is longer than 4194304 bytes");
  }

  @Test
  void readsAsManyBytesAsALineMayHave() throws IOException {
    int text = DynamoDbJsonReader.MAX_LINE - "{\"id\":{\"S\":\"\"}}".length();
    assertThat(read("{\"id\":{\"S\":\"" + "x".repeat(text) + "\"}}\n")).hasSize(1);
  }

  private static List<Item> read(String text) throws IOException {
    List<Item> items = new ArrayList<>();
    try (ItemReader reader =
        new DynamoDbJsonReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
      for (Optional<Item> next = reader.next(); next.isPresent(); next = reader.next()) {
        items.add(next.get());
      }
    }
    return items;
  }
}
