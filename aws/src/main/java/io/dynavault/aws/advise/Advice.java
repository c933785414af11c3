// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.advise;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.advise.TableFacts.Offer;
import io.dynavault.aws.advise.TableFacts.Recovery;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All methods side by side for one table and schedule.
 *
 * @param recommended what {@code --method auto} takes for backups
 * @param hints what to do beside it, one sentence each
 */
public record Advice(
    TableFacts facts, MethodChoice recommended, List<Row> rows, List<String> hints) {

  /** Write units a second that a new table on demand takes at once (Developer Guide). */
  private static final long NEW_TABLE_WRITE_UNITS = 4_000;

  private static final int LONGEST_PITR_DAYS = 35;

  /**
   * One method.
   *
   * @param losesAtMost time between two moments that can be restored
   * @param writing time to write the items; empty where AWS makes the table in minutes to hours
   * @param monthly costs of a month
   * @param restore costs of one restore
   * @param missing what keeps it from being used now
   */
  public record Row(
      AdvisedMethod method,
      Duration losesAtMost,
      Optional<Duration> writing,
      BigDecimal monthly,
      BigDecimal restore,
      Optional<String> missing) {
    public Row {
      requireNonNull(method, "method is null");
      requireNonNull(losesAtMost, "losesAtMost is null");
      requireNonNull(writing, "writing is null");
      requireNonNull(monthly, "monthly is null");
      requireNonNull(restore, "restore is null");
      requireNonNull(missing, "missing is null");
    }
  }

  public Advice {
    requireNonNull(facts, "facts is null");
    requireNonNull(recommended, "recommended is null");
    rows = List.copyOf(rows);
    hints = List.copyOf(hints);
  }

  /** Compares. */
  public static Advice of(TableFacts facts, CostRequest request, CostEstimate costs) {
    List<Row> rows =
        Arrays.stream(AdvisedMethod.values()).map(m -> row(m, facts, request, costs)).toList();
    return new Advice(facts, MethodChoice.of(facts), rows, hints(facts, request.schedule()));
  }

  private static Row row(
      AdvisedMethod method, TableFacts facts, CostRequest request, CostEstimate costs) {
    return new Row(
        method,
        method.recoveryPointObjective(request.schedule()),
        method.restoredByAws() ? Optional.empty() : Optional.of(writing(request)),
        method.monthly(costs, request.schedule()),
        method.restore(costs),
        missing(method, facts));
  }

  /** One write unit for every kilobyte of every item, at the pace of a new table. */
  private static Duration writing(CostRequest request) {
    long items = request.table().itemCount();
    long units = items;
    if (items > 0) {
      long average = (request.table().tableBytes() + items - 1) / items;
      units = items * Math.max(1, (average + 1023) / 1024);
    }
    return Duration.ofSeconds((units + NEW_TABLE_WRITE_UNITS - 1) / NEW_TABLE_WRITE_UNITS);
  }

  private static Optional<String> missing(AdvisedMethod method, TableFacts facts) {
    return switch (method) {
      case SCAN -> Optional.empty();
      case EXPORT ->
          facts.vaultPlace() == VaultPlace.ELSEWHERE
              ? Optional.of("a vault in S3")
              : missingRecovery(facts);
      case ON_DEMAND ->
          facts.onDemand() == Offer.OFFERED
              ? Optional.empty()
              : Optional.of(
                  facts.onDemand() == Offer.NOT_ALLOWED
                      ? "dynamodb:ListBackups"
                      : "an endpoint that offers it");
      case POINT_IN_TIME -> missingRecovery(facts);
      case AWS_BACKUP ->
          facts.onDemand() == Offer.NOT_OFFERED
              ? Optional.of("an endpoint that offers it")
              : Optional.empty();
    };
  }

  private static Optional<String> missingRecovery(TableFacts facts) {
    return switch (facts.recovery()) {
      case ON -> Optional.empty();
      case OFF -> Optional.of("point-in-time recovery, which is off");
      case NOT_OFFERED -> Optional.of("an endpoint that offers it");
      case NOT_ALLOWED -> Optional.of("dynamodb:DescribeContinuousBackups");
    };
  }

  private static List<String> hints(TableFacts facts, BackupSchedule schedule) {
    List<String> hints = new ArrayList<>();
    if (facts.recovery() == Recovery.OFF) {
      hints.add(
          "switch on point-in-time recovery: nothing else brings back a minute of your choice"
              + " (dynavault pitr enable --table "
              + facts.tableName()
              + ")");
    }
    if (schedule.retentionDays() > LONGEST_PITR_DAYS) {
      hints.add(
          "point-in-time recovery alone does not reach back %d days"
              .formatted(schedule.retentionDays()));
    }
    return hints;
  }
}
