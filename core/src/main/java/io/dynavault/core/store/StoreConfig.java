// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.time.Sleeper;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What stores need beside their location.
 *
 * @param s3 how S3 is reached
 * @param clock the time, where a store has none of its own
 * @param sleeper waits between attempts
 * @param random names temporary files and spreads attempts; safe for use by several threads
 */
public record StoreConfig(
    S3Config s3, InstantSource clock, Sleeper sleeper, RandomGenerator random) {
  public StoreConfig {
    requireNonNull(s3, "s3 is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(random, "random is null");
  }
}
