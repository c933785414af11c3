// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.vault.CatalogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** Whatever a table went through, no promised second is lost. */
class WindowProperties {
  private static final Duration STEP = Duration.ofMinutes(97);

  @Property(tries = 20)
  @Tag("F12")
  @Tag("G6")
  void noSecondOfTheWindowThatWasRestorableIsLost(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    TestingWindow table = new TestingWindow();
    for (int step = 0; step < 8; step++) {
      act(table, random);
      Duration window = Duration.ofHours(1 + random.nextInt(20));
      List<Instant> promised = promised(table, window);
      table.expire(window);
      for (Instant moment : promised) {
        assertThat(table.isRestorable(moment)).as("%s in %s", moment, window).isTrue();
      }
      assertThat(table.orphans()).isEmpty();
    }
  }

  private static void act(TestingWindow table, Random random) throws Exception {
    switch (random.nextInt(8)) {
      case 0 -> {
        table.end();
        table.begin();
        table.base();
      }
      case 1 -> table.testing.time.pass(Duration.ofHours(random.nextInt(60)));
      case 2 -> table.hold(table.base());
      case 3, 4 -> {
        CatalogEntry base = table.base();
        if (random.nextInt(3) == 0) {
          table.testing.memory.delete(base.point().files().get(0).key());
        }
      }
      default -> table.capture(Duration.ofMinutes(20L * (1 + random.nextInt(30))));
    }
  }

  /** Every moment that can be restored now, back from the last one. */
  private static List<Instant> promised(TestingWindow table, Duration window) {
    List<Instant> moments = new ArrayList<>();
    table
        .latest()
        .ifPresent(
            latest -> {
              for (Duration back = Duration.ZERO;
                  back.compareTo(window) <= 0;
                  back = back.plus(STEP)) {
                if (table.isRestorable(latest.minus(back))) {
                  moments.add(latest.minus(back));
                }
              }
            });
    return moments;
  }
}
