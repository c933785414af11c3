// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashSpoolTest {
  private static final long SEED = 42;

  /** In memory, on disk after every batch, and something between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5_000, 1_000_000})
  void findsWhatWasAddedTwice(int maxBuffered) {
    Random random = new Random(SEED);
    Set<Long> seen = new HashSet<>();
    Set<Long> expected = new HashSet<>();
    try (KeyHashSpool spool = new KeyHashSpool(maxBuffered)) {
      for (int batch = 0; batch < 20; batch++) {
        long[] hashes = new long[1024];
        for (int at = 0; at < 1000; at++) {
          hashes[at] = at % 100 == 0 ? random.nextInt(300) - 150 : random.nextLong();
          if (!seen.add(hashes[at])) {
            expected.add(hashes[at]);
          }
        }
        spool.add(hashes, 1000);
      }

      assertThat(expected).isNotEmpty();
      assertThat(spool.repeated(1000)).as("seed %d", SEED).isEqualTo(expected);
      assertThat(spool.repeated(3)).hasSize(3);
    }
  }
}
