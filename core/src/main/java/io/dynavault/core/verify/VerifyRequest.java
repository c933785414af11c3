// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

/**
 * What is verified and how thoroughly.
 *
 * @param samplePercent share of the data files of each export that is read, by chance, above 0 to
 *     100; at least one of each. Structure is always checked whole
 * @param workers files that are read at the same time
 */
public record VerifyRequest(
    VerifyTarget target, VerifyLevel level, double samplePercent, int workers) {
  public VerifyRequest {
    requireNonNull(target, "target is null");
    requireNonNull(level, "level is null");
    if (!(samplePercent > 0 && samplePercent <= 100)) {
      throw new IllegalArgumentException(
          "samplePercent must be above 0 and at most 100: " + samplePercent);
    }
    if (workers < 1 || workers > 1_000) {
      throw new IllegalArgumentException("workers out of range 1 to 1000: " + workers);
    }
  }

  /** The whole of it, not a sample. */
  public static VerifyRequest of(VerifyTarget target, VerifyLevel level, int workers) {
    return new VerifyRequest(target, level, 100, workers);
  }
}
