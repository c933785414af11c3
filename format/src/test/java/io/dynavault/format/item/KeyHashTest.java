// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  @Test
  void followsItsDocumentedAlgorithm() {
    ItemKey key = new ItemKey(new Value.S("é"), Optional.of(new Value.N("-1.5")));
    byte[] input = "S\0\0\0\2éN\0\0\0\4-1.5".getBytes(UTF_8);

    BigInteger modulus = BigInteger.ONE.shiftLeft(64);
    BigInteger fnv = new BigInteger("14695981039346656037");
    for (byte b : input) {
      fnv = fnv.xor(BigInteger.valueOf(b & 0xFF)).multiply(new BigInteger("1099511628211"));
      fnv = fnv.mod(modulus);
    }
    fnv = fnv.xor(fnv.shiftRight(33)).multiply(new BigInteger("ff51afd7ed558ccd", 16)).mod(modulus);
    fnv = fnv.xor(fnv.shiftRight(33)).multiply(new BigInteger("c4ceb9fe1a85ec53", 16)).mod(modulus);
    fnv = fnv.xor(fnv.shiftRight(33));

    assertThat(KeyHash.of(key)).isEqualTo(fnv.longValue());
  }

  @Test
  void tellsTypesAndBordersApart() {
    Set<Long> hashes = new HashSet<>();
    hashes.add(KeyHash.of(new ItemKey(new Value.S("1"), Optional.empty())));
    hashes.add(KeyHash.of(new ItemKey(new Value.N("1"), Optional.empty())));
    hashes.add(KeyHash.of(new ItemKey(new Value.B(new byte[] {'1'}), Optional.empty())));
    hashes.add(KeyHash.of(new ItemKey(new Value.S("1"), Optional.of(new Value.S("2")))));
    hashes.add(KeyHash.of(new ItemKey(new Value.S("12"), Optional.empty())));
    hashes.add(KeyHash.of(new ItemKey(new Value.S("1S\0\0\0\0012"), Optional.empty())));
    assertThat(hashes).hasSize(6);
  }

  @Test
  void spreadsKeysThatDifferLittle() {
    int keys = 1 << 14;
    for (int shift : new int[] {0, 20, 40, 58}) {
      int[] buckets = new int[64];
      for (int i = 0; i < keys; i++) {
        buckets[(int) (KeyHash.of(key("customer#" + i)) >>> shift & 63)]++;
      }
      // 256 are expected in each, with a standard deviation of 16
      assertThat(Arrays.stream(buckets).boxed())
          .as("bits from %d", shift)
          .allSatisfy(count -> assertThat(count).isBetween(170, 340));
    }
  }

  @Test
  void refusesWhatIsNoKey() {
    ItemKey noKey = new ItemKey(new Value.NULL(), Optional.empty());
    assertThatThrownBy(() -> KeyHash.of(noKey)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ItemKey key(String text) {
    return new ItemKey(new Value.S(text), Optional.empty());
  }
}
