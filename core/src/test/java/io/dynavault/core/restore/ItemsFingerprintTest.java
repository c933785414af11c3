// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsFingerprintTest {

  @Test
  void isTheSameForTheSameTextsOnly() {
    List<String> prints =
        List.of(
            new ItemsFingerprint().end(),
            of("mask", "drop:a", "mask", "drop:b"),
            of("mask", "drop:b", "mask", "drop:a"),
            of("mask", "drop:a", "key", "drop:b"),
            of("mask", "drop:amask", "", "drop:b"),
            of("mask", "drop:a"),
            of("mask", ""));

    assertThat(prints).doesNotHaveDuplicates();
    assertThat(of("mask", "drop:a", "mask", "drop:b")).isEqualTo(prints.get(1)).hasSize(64);
  }

  @Test
  void ofAllItemsAsTheyAreIsEmpty() {
    assertThat(new ItemsFingerprint().end()).isEqualTo(ItemsFingerprint.EVERYTHING).isEmpty();
  }

  private static String of(String... kindsAndTexts) {
    ItemsFingerprint fingerprint = new ItemsFingerprint();
    for (int i = 0; i < kindsAndTexts.length; i += 2) {
      fingerprint.add(kindsAndTexts[i], kindsAndTexts[i + 1]);
    }
    return fingerprint.end();
  }
}
