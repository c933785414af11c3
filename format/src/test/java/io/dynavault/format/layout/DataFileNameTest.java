// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataFileNameTest {

  @Test
  void encodesAsRfc4648() {
    // Base32 of sixteen bytes 0x00, of sixteen 0xff, and of "fooba" thrice and an "r".
    assertThat(DataFileName.encode(0, 0)).isEqualTo("a".repeat(26));
    assertThat(DataFileName.encode(-1, -1)).isEqualTo("7".repeat(25) + "4");
    assertThat(DataFileName.encode(0x666f6f6261666f6fL, 0x6261666f6f626172L))
        .isEqualTo("mzxw6ytbmzxw6ytbmzxw6ytboi");
  }

  @Test
  void looksLikeTheNamesOfAws() {
    String name = DataFileName.create(new Random(1), ".json.gz");

    assertThat(name).matches("[a-z2-7]{25}[aeimquy4]\\.json\\.gz");
  }

  @Test
  void doesNotRepeatItself() {
    Random random = new Random(2);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      names.add(DataFileName.create(random, ""));
    }

    assertThat(names).hasSize(10_000);
  }
}
