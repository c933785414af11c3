// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Which events of a vault of AWS Backup are sent where.
 *
 * @param topic ARN of a standard SNS topic of the same account
 * @param events AWS's names, such as {@code BACKUP_JOB_COMPLETED}
 */
public record VaultNotifications(String topic, List<String> events) {
  /** The events that AWS sends for tables; COMPLETED comes after failures, too. */
  public static final List<String> JOB_EVENTS =
      List.of(
          "BACKUP_JOB_STARTED",
          "BACKUP_JOB_COMPLETED",
          "COPY_JOB_STARTED",
          "COPY_JOB_SUCCESSFUL",
          "COPY_JOB_FAILED",
          "RESTORE_JOB_STARTED",
          "RESTORE_JOB_COMPLETED",
          "RECOVERY_POINT_MODIFIED");

  /** Enough to hear of everything that ended. */
  public static final List<String> DEFAULT_EVENTS =
      List.of(
          "BACKUP_JOB_COMPLETED",
          "COPY_JOB_FAILED",
          "COPY_JOB_SUCCESSFUL",
          "RESTORE_JOB_COMPLETED");

  public VaultNotifications {
    requireNonNull(topic, "topic is null");
    events = events.stream().sorted().distinct().toList();
    if (events.isEmpty()) {
      throw new IllegalArgumentException("notifications need an event");
    }
  }
}
