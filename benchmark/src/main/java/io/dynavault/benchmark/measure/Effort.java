// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

/**
 * How long a task is warmed up and measured; of passes at least {@link #LEAST_PASSES} each.
 *
 * @param warmUpSeconds 0 measures the first pass, cold
 */
public record Effort(double warmUpSeconds, double seconds) {
  static final int LEAST_PASSES = 2;

  /** One pass, without warming up. */
  public static final Effort ONCE = new Effort(0, 0);
}
