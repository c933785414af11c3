// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureOptions.Until;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CapturedWorldTest {
  @Test
  void smoke() throws Exception {
    try (CapturedWorld world = new CapturedWorld(1, Boolean.getBoolean("real"))) {
      new CaptureProcess(world).stopAfter(Duration.ofSeconds(60)).run(Until.STOPPED);
      KnownHistory.catchUp(world);
      KnownHistory history = new KnownHistory(world);
      System.out.println(history.requireEveryChangeOnce() + " changes " + history.windows().list());
      int n = 0;
      long start = System.nanoTime();
      for (Instant moment : history.moments()) {
        assertThat(history.mismatches(moment)).as("%s", moment).isZero();
        n++;
      }
      System.out.println(n + " moments in ms " + (System.nanoTime() - start) / 1_000_000);
    }
  }
}
