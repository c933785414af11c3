// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The ways to protect a table that advice compares, with what never changes about them. */
public enum AdvisedMethod {
  SCAN(
      "scan",
      "any region, account or cloud: files in the vault",
      List.of("one moment: items written during the scan may be in it or not")),
  EXPORT(
      "export",
      "any region or account: files in S3",
      List.of("tables without point-in-time recovery", "vaults outside of S3")),
  ON_DEMAND(
      "on-demand",
      "restores into other regions of the same account",
      List.of(
          "other accounts, and the loss of the account",
          "single items: a restore is of the whole table, into a new one",
          "settings such as time to live and tags, which only the vault's record keeps")),
  POINT_IN_TIME(
      "pitr",
      "restores into other regions of the same account",
      List.of(
          "more than 35 days",
          "the time after the table was deleted, but for a backup of its last moment",
          "other accounts, and the loss of the account",
          "single items: a restore is of the whole table, into a new one")),
  AWS_BACKUP(
      "aws-backup",
      "copies in other regions and accounts, with advanced features switched on",
      List.of(
          "single items: a restore is of the whole table, into a new one",
          "settings such as time to live and tags, unless the vault's record keeps them"));

  /** How far behind now the latest restorable time is (Developer Guide, "typically"). */
  private static final Duration BEHIND = Duration.ofMinutes(5);

  private static final Duration MONTH = Duration.ofDays(30);

  private final String text;
  private final String reach;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> notCovered;

  AdvisedMethod(String text, String reach, List<String> notCovered) {
    this.text = text;
    this.reach = reach;
    this.notCovered = notCovered;
  }

  /** The name that commands use. */
  public String text() {
    return text;
  }

  /** Where it can be restored to, or copied. */
  public String reach() {
    return reach;
  }

  /** What it does not protect from, or does not keep. */
  public List<String> notCovered() {
    return notCovered;
  }

  /** How much can be lost: the time between two backups. */
  Duration recoveryPointObjective(BackupSchedule schedule) {
    return this == POINT_IN_TIME ? BEHIND : MONTH.dividedBy(schedule.backupsPerMonth());
  }

  /** Whether AWS makes the restored table, whatever its size, in minutes to hours. */
  public boolean restoredByAws() {
    return this == ON_DEMAND || this == POINT_IN_TIME || this == AWS_BACKUP;
  }

  /** Costs of a month, once the schedule has run for the retention; exact. */
  BigDecimal monthly(CostEstimate costs, BackupSchedule schedule) {
    return switch (this) {
      case SCAN ->
          each(costs, CostMethod.BACKUP_SCAN_EVENTUAL, schedule)
              .add(total(costs, CostMethod.STORAGE_S3));
      case EXPORT ->
          each(costs, CostMethod.BACKUP_EXPORT, schedule)
              .add(total(costs, CostMethod.STORAGE_S3))
              .add(total(costs, CostMethod.STORAGE_POINT_IN_TIME));
      case ON_DEMAND -> total(costs, CostMethod.STORAGE_ON_DEMAND);
      case POINT_IN_TIME -> total(costs, CostMethod.STORAGE_POINT_IN_TIME);
      case AWS_BACKUP -> total(costs, CostMethod.STORAGE_AWS_BACKUP_WARM);
    };
  }

  /** Costs of one restore; exact. */
  BigDecimal restore(CostEstimate costs) {
    return total(costs, restoredByAws() ? CostMethod.RESTORE_NATIVE : CostMethod.RESTORE_WRITE);
  }

  private static BigDecimal each(CostEstimate costs, CostMethod method, BackupSchedule schedule) {
    return total(costs, method).multiply(BigDecimal.valueOf(schedule.backupsPerMonth()));
  }

  private static BigDecimal total(CostEstimate costs, CostMethod method) {
    return costs.option(method).total();
  }
}
