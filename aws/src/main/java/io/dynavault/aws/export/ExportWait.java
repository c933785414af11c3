// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How AWS is waited for. Even the export of an empty table takes minutes.
 *
 * @param first time between the first looks
 * @param longest time between looks, to which it grows
 * @param limit after which waiting ends; the export goes on
 */
public record ExportWait(Duration first, Duration longest, Duration limit) {
  public ExportWait {
    requireNonNull(first, "first is null");
    requireNonNull(longest, "longest is null");
    requireNonNull(limit, "limit is null");
  }

  /** From five seconds to a minute between looks. */
  public static ExportWait upTo(Duration limit) {
    return new ExportWait(Duration.ofSeconds(5), Duration.ofMinutes(1), limit);
  }

  /** The time to the look after that. */
  Duration next(Duration before) {
    Duration longer = before.multipliedBy(3).dividedBy(2);
    return longer.compareTo(longest) > 0 ? longest : longer;
  }
}
