// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A span of time, its beginning included, its end not. */
public record TimeSpan(Instant from, Instant to) {
  public TimeSpan {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("an empty span");
    }
  }
}
