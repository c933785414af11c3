// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PageLimitTest {

  @Test
  void asksForSomewhatMoreThanAPageHolds() {
    PageLimit limit = new PageLimit(OptionalDouble.empty(), 8192, 600);
    assertThat(limit.items()).isBetween((1 << 20) / 600, 2 * (1 << 20) / 600);
  }

  @Test
  void followsTheItemsOfTheLastPage() {
    PageLimit limit = new PageLimit(OptionalDouble.empty(), 8192, 400_000);
    assertThat(limit.items()).isEqualTo(3);
    limit.seen(3, 300);
    assertThat(limit.items()).isGreaterThan(10_000);
    limit.seen(100, 100 * 400_000L);
    assertThat(limit.items()).isEqualTo(3);
  }

  @Test
  void aPageCostsAtMostAboutOneSecondOfASmallBudget() {
    PageLimit limit = new PageLimit(OptionalDouble.of(5), 8192, 1024);
    assertThat(limit.items()).isEqualTo(40);
  }

  @Test
  void neverAsksForNothing() {
    PageLimit limit = new PageLimit(OptionalDouble.of(1), 4096, 409_600);
    assertThat(limit.items()).isEqualTo(1);
  }

  @Test
  void anEmptyPageTeachesNothing() {
    PageLimit limit = new PageLimit(OptionalDouble.empty(), 8192, 1024);
    int before = limit.items();
    limit.seen(0, 0);
    assertThat(limit.items()).isEqualTo(before);
  }
}
