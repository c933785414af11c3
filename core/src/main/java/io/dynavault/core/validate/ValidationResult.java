// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.ExpectedItems.Origin;
import io.dynavault.core.compare.ItemsDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a validation has found.
 *
 * @param tableName the table that was validated
 * @param source what it was compared with, in words
 * @param expectedItems that were looked for: all, or those of the sample
 * @param actualItems that were found
 * @param compared of counts only the difference of both numbers is known, as missing or extra
 * @param seed what a sample was chosen by; with it the same one is chosen again
 * @param digests of all items of both sides, where all were read
 */
public record ValidationResult(
    String tableName,
    String source,
    Origin origin,
    ValidationLevel level,
    long expectedItems,
    long actualItems,
    CompareResult compared,
    OptionalLong seed,
    Optional<Digests> digests,
    Duration duration) {

  /** Checksums of both sides, equal where all items are. */
  public record Digests(ItemsDigest expected, ItemsDigest actual) {
    public Digests {
      requireNonNull(expected, "expected is null");
      requireNonNull(actual, "actual is null");
    }
  }

  public ValidationResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(source, "source is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(level, "level is null");
    requireNonNull(compared, "compared is null");
    requireNonNull(seed, "seed is null");
    requireNonNull(digests, "digests is null");
    requireNonNull(duration, "duration is null");
  }

  /** Whether nothing was found that is not as it should be. */
  public boolean passed() {
    return compared.identical();
  }

  /** What passing proves and what not, in one sentence; for reports. */
  public String proves() {
    String scope =
        level instanceof ValidationLevel.Counts
            ? "both have the same number of items; what is in them was not compared"
            : level instanceof ValidationLevel.Sample
                ? "the items of the sample are the same on both sides; others were not compared"
                : "every item is the same on both sides";
    return origin == Origin.RECOVERY_POINT
        ? scope
        : scope
            + "; the source table may have been written to since it was backed up, so that"
            + " differences may have come from there";
  }
}
