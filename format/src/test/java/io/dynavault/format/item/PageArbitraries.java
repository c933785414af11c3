// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary responses of a Scan: members in any order, compact or with blanks and escapes. */
final class PageArbitraries {
  private PageArbitraries() {}

  static Arbitrary<byte[]> pages() {
    return Combinators.combine(
            ItemArbitraries.items().list().ofMaxSize(5),
            ItemArbitraries.items(),
            Arbitraries.randoms(),
            Arbitraries.of(true, false))
        .as(
            (items, other, random, spelledOut) -> {
              List<String> members = new ArrayList<>();
              members.add(
                  "\"Items\":["
                      + String.join(",", items.stream().map(PageArbitraries::json).toList())
                      + "]");
              members.add("\"Count\":" + items.size());
              members.add("\"ScannedCount\":" + (items.size() + random.nextInt(100)));
              members.add(
                  "\"ConsumedCapacity\":{\"CapacityUnits\":0.5,\"TableName\":\"t\",\"Table\":{}}");
              members.add("\"Unknown\":" + json(other));
              if (!other.attributes().isEmpty()) {
                members.add("\"LastEvaluatedKey\":" + json(other));
              }
              Collections.shuffle(members, random);
              String page = "{" + String.join(",", members) + "}";
              return (spelledOut ? EscapedJson.of(page) : page).getBytes(UTF_8);
            })
        .withoutEdgeCases();
  }

  private static String json(Item item) {
    return new String(DynamoDbJson.encode(item), UTF_8);
  }
}
