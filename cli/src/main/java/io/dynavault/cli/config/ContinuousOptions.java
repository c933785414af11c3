// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static io.dynavault.cli.config.ConfigOption.option;
import static io.dynavault.cli.config.OptionGroup.CONTINUOUS;

import java.time.Duration;
import java.util.List;

/** The rows of the table of options on continuous backup. */
public final class ContinuousOptions {
  public static final ConfigOption<Duration> FLUSH_INTERVAL =
      option(
          CONTINUOUS,
          "continuous.flush-interval",
          "--flush-interval",
          ValueType.span(),
          "10s",
          "how often changes are committed: what a window is behind at most, and more");
  public static final ConfigOption<Long> FLUSH_SIZE =
      option(
          CONTINUOUS,
          "continuous.flush-size",
          "--flush-size",
          ValueType.size(1 << 20, 1L << 30),
          "32MiB",
          "uncompressed size of changes at which they are committed before that");

  public static final ConfigOption<Duration> BASE_EVERY =
      option(
          CONTINUOUS,
          "continuous.base-every",
          "--base-every",
          ValueType.span(),
          "",
          "how old the newest base gets before another one is made by scan, such as 30d; without it"
              + " that is left to continuous compact");

  static final List<ConfigOption<?>> ALL = List.of(FLUSH_INTERVAL, FLUSH_SIZE, BASE_EVERY);

  private ContinuousOptions() {}
}
