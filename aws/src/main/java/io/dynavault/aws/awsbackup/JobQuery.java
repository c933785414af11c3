// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which jobs are wanted; what is empty does not matter. AWS keeps jobs for 30 days.
 *
 * @param resourceArn of the table
 * @param after created after
 * @param before created before
 */
public record JobQuery(
    Optional<JobState> state,
    Optional<String> resourceArn,
    Optional<Instant> after,
    Optional<Instant> before) {
  /** All of them. */
  public static final JobQuery ALL =
      new JobQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public JobQuery {
    requireNonNull(state, "state is null");
    requireNonNull(resourceArn, "resourceArn is null");
    requireNonNull(after, "after is null");
    requireNonNull(before, "before is null");
  }
}
