// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static io.dynavault.core.expression.TestingItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemSelectionTest {
  private static final KeySchema SCHEMA = KeySchema.of(new KeyAttribute("pk", ScalarType.S));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ExpiryRule EXPIRY = new ExpiryRule("ttl", NOW);
  private static final Item ITEM = item("{'pk':{'S':'a'},'ttl':{'N':'4000000000'}}");

  @Test
  void everythingAsksNothing() {
    ItemSelection all = ItemSelection.everything();

    assertThat(all.isEverything()).isTrue();
    assertThat(all.needsItem()).isFalse();
    assertThat(all.decide(() -> key(ITEM), ItemSelectionTest::neverDecoded))
        .isEqualTo(ItemDecision.SELECTED);
  }

  @Test
  void keysDecideWithoutDecoding() {
    ItemSelection one =
        ItemSelection.everything().withKeys(KeyFilter.parse(List.of("pk=a"), SCHEMA));

    assertThat(one.isEverything()).isFalse();
    assertThat(one.needsItem()).isFalse();
    assertThat(one.decide(() -> key(ITEM), ItemSelectionTest::neverDecoded))
        .isEqualTo(ItemDecision.SELECTED);
    Item other = item("{'pk':{'S':'b'}}");
    assertThat(one.withoutExpired(EXPIRY).decide(() -> key(other), ItemSelectionTest::neverDecoded))
        .isEqualTo(ItemDecision.OTHER_KEY);
  }

  @Test
  void filterAndExpiryNeedTheItem() {
    ItemSelection filtered =
        ItemSelection.everything().withFilter(FilterExpression.parse("attribute_exists(x)"));
    ItemSelection alive = ItemSelection.everything().withoutExpired(EXPIRY);

    assertThat(filtered.needsItem()).isTrue();
    assertThat(alive.needsItem()).isTrue();
    assertThat(filtered.decide(() -> key(ITEM), () -> ITEM)).isEqualTo(ItemDecision.FILTERED);
    assertThat(alive.decide(() -> key(ITEM), () -> ITEM)).isEqualTo(ItemDecision.SELECTED);
    Item expired = item("{'pk':{'S':'a'},'ttl':{'N':'1767225599'}}");
    assertThat(alive.decide(() -> key(expired), () -> expired)).isEqualTo(ItemDecision.EXPIRED);
  }

  /** 1767225600 is 2026-01-01T00:00:00Z; five years of 365 days before it is 1609545600. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ttl':{'N':'1767225599'}} | true",
        "{'ttl':{'N':'1767225599.9'}} | true",
        "{'ttl':{'N':'1767225600'}} | false",
        "{'ttl':{'N':'1767225601'}} | false",
        "{'ttl':{'N':'1609545600'}} | true",
        "{'ttl':{'N':'1609545599'}} | false",
        "{'ttl':{'N':'0'}} | false",
        "{'ttl':{'N':'1767225599000'}} | false",
        "{'ttl':{'S':'1767225599'}} | false",
        "{'other':{'N':'1767225599'}} | false",
        "{'map':{'M':{'ttl':{'N':'1767225599'}}}} | false",
      })
  void itemsExpireAsWithTimeToLive(String json, boolean expired) {
    assertThat(EXPIRY.expired(item(json))).isEqualTo(expired);
  }

  @Test
  void countsDecisions() {
    DecisionCounts counts = new DecisionCounts();
    counts.add(ItemDecision.SELECTED);
    counts.add(ItemDecision.SELECTED);
    counts.add(ItemDecision.FILTERED);
    counts.add(ItemDecision.EXPIRED);

    assertThat(counts.count(ItemDecision.SELECTED)).isEqualTo(2);
    assertThat(counts.count(ItemDecision.OTHER_KEY)).isZero();
    assertThat(counts.skipped()).isEqualTo(2);
  }

  private static Item neverDecoded() {
    throw new AssertionError("decoded without need");
  }

  private static ItemKey key(Item item) {
    return new KeyReader(SCHEMA).read(item);
  }
}
