// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How on-demand backups are made.
 *
 * @param namePrefix what their names begin with
 * @param tags of the recovery points: the backups themselves cannot have any
 * @param deleteAfter age at which expire may delete them
 */
public record OnDemandOptions(
    String namePrefix, Map<String, String> tags, Optional<Duration> deleteAfter) {
  public static final String DEFAULT_PREFIX = "dynavault";

  public OnDemandOptions {
    requireNonNull(namePrefix, "namePrefix is null");
    tags = Map.copyOf(tags);
    requireNonNull(deleteAfter, "deleteAfter is null");
  }

  /** Without tags or end. */
  public static OnDemandOptions defaults() {
    return new OnDemandOptions(DEFAULT_PREFIX, Map.of(), Optional.empty());
  }
}
