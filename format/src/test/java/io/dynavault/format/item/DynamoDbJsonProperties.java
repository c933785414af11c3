// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DynamoDbJsonProperties {
  @Property(tries = 300)
  void decodesWhatItEncodes(@ForAll("items") Item item) {
    assertThat(DynamoDbJson.decode(DynamoDbJson.encode(item))).isEqualTo(item);
  }

  @Property(tries = 300)
  void encodesDecodedBytesToTheSameBytes(@ForAll("items") Item item) {
    byte[] compact = DynamoDbJson.encode(item);
    assertThat(DynamoDbJson.encode(DynamoDbJson.decode(compact))).isEqualTo(compact);
  }

  @Property(tries = 300)
  void countsTheSizeThatTheValuesHave(@ForAll("items") Item item) {
    byte[] json = DynamoDbJson.encode(item);
    assertThat(ItemSize.of(json, 0, json.length)).isEqualTo(ReferenceSize.of(item));
  }

  @Property(tries = 300)
  void decodesAnyEscapedSpelling(@ForAll("items") Item item) {
    byte[] escaped = EscapedJson.of(item);
    assertThat(DynamoDbJson.decode(escaped)).isEqualTo(item);
    assertThat(ItemSize.of(escaped, 0, escaped.length)).isEqualTo(ReferenceSize.of(item));
  }

  @Provide
  Arbitrary<Item> items() {
    return ItemArbitraries.items();
  }
}
