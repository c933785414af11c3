// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareScopeTest {
  private static final KeyReader KEYS =
      new KeyReader(KeySchema.of(new KeyAttribute("pk", ScalarType.S)));

  private final List<ItemKey> keys =
      IntStream.range(0, 10_000).mapToObj(n -> key("k" + n)).toList();

  @Test
  void everythingHasEveryKeyOfBothSides() {
    CompareScope all = CompareScope.everything();

    assertThat(keys).allMatch(all::includes);
    assertThat(all.expected().isEverything()).isTrue();
    assertThat(all.actual().isEverything()).isTrue();
  }

  @Test
  void aShareHasAboutThatManyKeysAndAlwaysTheSame() {
    CompareScope tenth = CompareScope.everything().withShare(0.1);
    List<ItemKey> chosen = keys.stream().filter(tenth::includes).toList();

    // 1,000 are expected, with a standard deviation of 30.
    assertThat(chosen).hasSizeBetween(850, 1150);
    assertThat(keys.stream().filter(CompareScope.everything().withShare(0.1)::includes))
        .containsExactlyElementsOf(chosen);
  }

  @Test
  void aLargerShareHasAllKeysOfASmallerOne() {
    CompareScope small = CompareScope.everything().withShare(0.05);
    CompareScope large = CompareScope.everything().withShare(0.5);

    assertThat(keys.stream().filter(small::includes)).isNotEmpty().allMatch(large::includes);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.000001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoShare(double share) {
    assertThatThrownBy(() -> CompareScope.everything().withShare(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share is not above 0 and at most 1: " + share);
  }

  private static ItemKey key(String partition) {
    byte[] json = "{\"pk\":{\"S\":\"%s\"}}".formatted(partition).getBytes(StandardCharsets.UTF_8);
    return KEYS.read(json, 0, json.length);
  }
}
