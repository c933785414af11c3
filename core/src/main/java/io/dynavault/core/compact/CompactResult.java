// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compact;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.util.Optional;

/**
 * What a compaction has made.
 *
 * @param point the new full backup, read back and found whole
 * @param base what it is to its chain; empty where the changes were exports of AWS
 */
public record CompactResult(RecoveryPoint point, Optional<Base> base, Duration duration) {
  public CompactResult {
    requireNonNull(point, "point is null");
    requireNonNull(base, "base is null");
    requireNonNull(duration, "duration is null");
  }
}
