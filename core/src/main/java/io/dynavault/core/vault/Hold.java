// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Keeps a recovery point from being deleted until it is released.
 *
 * @param reason for people; at most 500 characters
 * @param by who put it
 * @param time when, by the writer's clock
 */
public record Hold(String reason, String by, Instant time) {
  private static final int MAX_REASON = 500;

  public Hold {
    requireNonNull(by, "by is null");
    requireNonNull(time, "time is null");
    if (reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("a hold's reason has at most 500 characters");
    }
  }
}
