// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemSizeTest {
  @Test
  void agreesWithTheDeveloperGuidesExample() {
    assertThat(size("{\"shirt-color\":{\"S\":\"R\"},\"shirt-size\":{\"S\":\"M\"}}")).isEqualTo(23);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'n':{'S':'ab'}}", "{'n':{'N':'12'}}", "{'n':{'L':[{'N':'1'}]}}"})
  void doesNotDependOnWhiteSpace(String text) {
    String json = text.replace('\'', '"');
    int size = size(json);

    for (int i = 0; i < json.length(); i++) {
      boolean between = json.substring(i, i + 1).matches("\\p{Punct}") && !json.startsWith("\"", i);
      if (between) {
        assertThat(size(json.substring(0, i) + " " + json.substring(i))).isEqualTo(size);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'n':{'S':'ab','N':'1'}}", "{'n':{'N':'x'}}", "{'n':{'S':'\u0001'}}"})
  void refusesWhatBeginsLikeAValue(String text) {
    assertThatThrownBy(() -> size(text.replace('\'', '"'))).isInstanceOf(FormatException.class);
  }

  @Test
  void refusesAnItemThatIsCutOffAnywhere() {
    String json = "{\"a\":{\"S\":\"text\"},\"b\":{\"N\":\"1\"},\"c\":{\"S\":\"\"}}";
    for (int i = 0; i < json.length(); i++) {
      String cut = json.substring(0, i);
      assertThatThrownBy(() -> size(cut)).isInstanceOf(FormatException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,1",
    "0.00,1",
    "-0,1",
    "1,2",
    "12,2",
    "123,3",
    "-1,3",
    "1200,2",
    "0.0012,2",
    "1.0,2",
    "1E100,2",
    "-12.5,4",
    "12345678901234567890123456789012345678,20"
  })
  void countsSignificantDigitsOfNumbers(String number, int bytes) {
    assertThat(size("{\"n\":{\"N\":\"" + number + "\"}}")).isEqualTo(1 + bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"S\":\"\"}|0",
        "{\"S\":\"é€😀\"}|9",
        "{\"S\":\"\\u00e9\\u20AC\\ud83d\\ude00\\n\\u0000\"}|11",
        "{\"B\":\"\"}|0",
        "{\"B\":\"AA==\"}|1",
        "{\"B\":\"AAA=\"}|2",
        "{\"B\":\"AAAA\"}|3",
        "{\"B\":\"AA\\u003d\\u003d\"}|1",
        "{\"BOOL\":false}|1",
        "{\"NULL\":true}|1",
        "{\"L\":[]}|3",
        "{\"L\":[{\"S\":\"ab\"},{\"NULL\":true}]}|8",
        "{\"M\":{}}|3",
        "{\"M\":{\"key\":{\"S\":\"ab\"}}}|9",
        "{\"SS\":[\"ab\",\"c\"]}|3",
        "{\"NS\":[\"1\",\"-1\"]}|5",
        "{\"BS\":[\"AA==\",\"\"]}|1"
      })
  void countsValues(String value, int bytes) {
    assertThat(size("{\"ü\":" + value + "}")).isEqualTo(2 + bytes);
  }

  private static int size(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return ItemSize.of(bytes, 0, bytes.length);
  }
}
