// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Repeats a pass until it is warm, then until it has been measured long enough. */
public final class Passes {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Passes() {}

  /** Measures; what the pass needs has been prepared. */
  public static Measurement measure(Pass pass, Effort effort) throws Exception {
    if (effort.warmUpSeconds() > 0) {
      repeat(pass, effort.warmUpSeconds(), Effort.LEAST_PASSES);
    }
    return repeat(pass, effort.seconds(), effort.seconds() > 0 ? Effort.LEAST_PASSES : 1);
  }

  private static Measurement repeat(Pass pass, double seconds, int leastPasses) throws Exception {
    int passes = 0;
    long items = 0;
    long cpuNanos = 0;
    long wallNanos = 0;
    while (passes < leastPasses || wallNanos < seconds * 1e9) {
      long wallStart = System.nanoTime();
      long cpuStart = SYSTEM.getProcessCpuTime();
      items += pass.run();
      cpuNanos += SYSTEM.getProcessCpuTime() - cpuStart;
      wallNanos += System.nanoTime() - wallStart;
      passes++;
      pass.tidy();
    }
    double peak = PeakMemory.ofThisProcess().orElse(0);
    return new Measurement(passes, items, cpuNanos / 1e9, wallNanos / 1e9, peak);
  }
}
