// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GeneratedTableTest {
  private static final Pattern KEY =
      Pattern.compile("^\\{\"customer\":\\{\"S\":\"([^\"]+)\"},\"event\":\\{\"S\":\"([^\"]+)\"}");

  @Test
  void givesTheSameItemsForTheSameSeedOnly() {
    List<String> items = new GeneratedTable("t", 50, 1).items().toList();

    assertThat(new GeneratedTable("other", 50, 1).items()).containsExactlyElementsOf(items);
    assertThat(new GeneratedTable("t", 50, 2).items()).doesNotContainAnyElementsOf(items);
  }

  @Test
  void hasEveryAttributeTypeAtTheTopAndBinaryBelow() {
    String all = String.join("\n", new GeneratedTable("t", 200, 7).items().toList());

    assertThat(all)
        .contains("{\"S\":", "{\"N\":", "{\"B\":", "{\"BOOL\":", "{\"NULL\":true}", "{\"M\":{}}")
        .contains("{\"SS\":[", "{\"NS\":[", "{\"BS\":[", "{\"L\":[]}")
        .contains("\"geo\":{\"M\":{\"hash\":{\"B\":", "\"parts\":{\"L\":[{\"B\":")
        .contains("\"note\":{\"S\":\"\"}", "𝄞");
  }

  @Test
  void hasKeysThatAreUniqueButUnevenlySpread() {
    List<Matcher> keys =
        new GeneratedTable("t", 2000, 3).items().map(KEY::matcher).filter(Matcher::find).toList();

    assertThat(keys).hasSize(2000);
    assertThat(keys.stream().map(Matcher::group).distinct()).hasSize(2000);
    long busiest = keys.stream().filter(key -> key.group(1).equals("C-00000")).count();
    assertThat(busiest).isGreaterThan(100);
  }
}
