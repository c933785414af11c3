// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanonicalItemTest {
  @Test
  void ignoresTheOrderOfAttributesAndOfSetElements() {
    assertThat(CanonicalItem.of("{\"b\":{\"SS\":[\"y\",\"x\"]},\"a\":{\"N\":\"1\"}}"))
        .isEqualTo("{\"a\":{\"N\":\"1\"},\"b\":{\"SS\":[\"x\",\"y\"]}}")
        .isEqualTo(CanonicalItem.of("{ \"a\":{\"N\":\"1\"}, \"b\":{\"SS\":[\"x\",\"y\"]} }"));
  }

  @Test
  void keepsTheOrderOfListsAndTheTextOfNumbers() {
    String item = "{\"l\":{\"L\":[{\"N\":\"1.0\"},{\"N\":\"1\"}]}}";

    assertThat(CanonicalItem.of(item)).isEqualTo(item);
    assertThat(CanonicalItem.of("{\"l\":{\"L\":[{\"N\":\"1\"},{\"N\":\"1.0\"}]}}"))
        .isNotEqualTo(item);
  }

  @Test
  void sortsInsideMapsToo() {
    assertThat(CanonicalItem.of("{\"m\":{\"M\":{\"z\":{\"NS\":[\"2\",\"1\"]},\"a\":{\"M\":{}}}}}"))
        .isEqualTo("{\"m\":{\"M\":{\"a\":{\"M\":{}},\"z\":{\"NS\":[\"1\",\"2\"]}}}}");
  }
}
