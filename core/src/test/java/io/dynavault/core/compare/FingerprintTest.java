// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final KeyReader KEYS =
      new KeyReader(KeySchema.of(new KeyAttribute("id", ScalarType.N)));

  @Test
  void equalItemsHaveOneFingerprintHoweverTheyAreWritten() {
    assertThat(
            print(
                "{\"id\":{\"N\":\"1\"},\"s\":{\"SS\":[\"a\",\"b\"]},\"m\":{\"M\":{\"x\":{\"N\":\"10\"},\"y\":{\"S\":\"\"}}}}"))
        .isEqualTo(
            print(
                "{\"m\":{\"M\":{\"y\":{\"S\":\"\"},\"x\":{\"N\":\"1E+1\"}}},\"s\":{\"SS\":[\"b\",\"a\"]},\"id\":{\"N\":\"1.0\"}}"));
  }

  @Test
  void itemsOfOneKeyThatDifferShareTheKeysHashOnly() {
    Fingerprint one = print("{\"id\":{\"N\":\"1\"},\"a\":{\"S\":\"1\"}}");
    Fingerprint other = print("{\"id\":{\"N\":\"1\"},\"a\":{\"N\":\"1\"}}");
    assertThat(one.key()).isEqualTo(other.key());
    assertThat(one.content()).isNotEqualTo(other.content());
  }

  @Test
  void theOrderOfAListMatters() {
    assertThat(print("{\"id\":{\"N\":\"1\"},\"l\":{\"L\":[{\"S\":\"a\"},{\"S\":\"b\"}]}}"))
        .isNotEqualTo(print("{\"id\":{\"N\":\"1\"},\"l\":{\"L\":[{\"S\":\"b\"},{\"S\":\"a\"}]}}"));
  }

  /** Nothing in files, something in all of them, and all of it. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 500, 0})
  void theSpoolGivesBackEveryEntryOnce(int mostWaiting) throws Exception {
    Set<String> read = new HashSet<>();
    try (FingerprintSpool spool = new FingerprintSpool(mostWaiting)) {
      for (int i = 0; i < 5_000; i++) {
        byte[] key = ("{\"id\":{\"N\":\"" + i + "\"}}").getBytes(StandardCharsets.UTF_8);
        spool.add(print(new String(key, StandardCharsets.UTF_8)), key);
      }
      spool.finish();
      for (int partition = 0; partition < FingerprintSpool.PARTITIONS; partition++) {
        spool.read(
            partition,
            (print, key) -> {
              String text = new String(key, StandardCharsets.UTF_8);
              assertThat(print).isEqualTo(print(text));
              assertThat(read.add(text)).isTrue();
            });
      }
    }
    assertThat(read).hasSize(5_000);
  }

  private static Fingerprint print(String json) {
    return Fingerprint.of(KEYS, DynamoDbJson.decode(json.getBytes(StandardCharsets.UTF_8)));
  }
}
