// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Lifecycle;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A rule of a backup plan: when a backup is made, where it goes and how long it stays.
 *
 * @param vault name of the vault of AWS Backup that the backups go to
 * @param startWindow within which a backup has to start
 * @param completionWindow within which it has to end
 * @param tags of the recovery points
 */
public record PlanRule(
    String name,
    String vault,
    PlanSchedule schedule,
    Duration startWindow,
    Duration completionWindow,
    Lifecycle lifecycle,
    List<PlanCopy> copies,
    Map<String, String> tags) {
  /** What AWS takes where nothing is said. */
  public static final Duration DEFAULT_START_WINDOW = Duration.ofHours(8);

  /** What AWS takes where nothing is said. */
  public static final Duration DEFAULT_COMPLETION_WINDOW = Duration.ofDays(7);

  public PlanRule {
    requireNonNull(name, "name is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(schedule, "schedule is null");
    requireNonNull(startWindow, "startWindow is null");
    requireNonNull(completionWindow, "completionWindow is null");
    requireNonNull(lifecycle, "lifecycle is null");
    copies = List.copyOf(copies);
    tags = Map.copyOf(tags);
  }
}
