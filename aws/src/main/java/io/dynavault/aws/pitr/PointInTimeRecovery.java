// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;

/** Point-in-time recovery of the tables of an account and region. Safe for several threads. */
public final class PointInTimeRecovery {
  public static final int LEAST_DAYS = 1;
  public static final int MOST_DAYS = 35;

  private static final Set<String> TABLE_TOO_YOUNG =
      Set.of("ContinuousBackupsUnavailableException");

  private final DynamoDbClient client;
  private final PacedCalls calls;

  public PointInTimeRecovery(DynamoDbClient client, PacedCalls calls) {
    this.client = requireNonNull(client, "client is null");
    this.calls = requireNonNull(calls, "calls is null");
  }

  /**
   * How it is with a table.
   *
   * @throws DynavaultException {@code TABLE_NOT_FOUND}; {@code UNSUPPORTED} where the endpoint has
   *     no point-in-time recovery
   */
  public RecoveryStatus status(String tableName) throws InterruptedException {
    return calls.call(
        "DescribeContinuousBackups",
        () ->
            status(
                tableName,
                client
                    .describeContinuousBackups(b -> b.tableName(tableName))
                    .continuousBackupsDescription()));
  }

  /**
   * Switches it on, or changes how far back it reaches. A table that was created moments ago is
   * waited for.
   *
   * @param days from 1 to 35; empty leaves a window that is on as it is, and else asks for AWS's
   *     default of 35
   * @throws DynavaultException {@code USAGE} for other numbers of days, {@code TABLE_NOT_FOUND}
   */
  public RecoveryStatus enable(String tableName, OptionalInt days) throws InterruptedException {
    if (days.isPresent() && (days.getAsInt() < LEAST_DAYS || days.getAsInt() > MOST_DAYS)) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to keep changes of table '%s' for %d days".formatted(tableName, days.getAsInt()),
          "AWS keeps them for 1 to 35 days");
    }
    Integer wanted = days.isPresent() ? Integer.valueOf(days.getAsInt()) : null;
    return update(tableName, true, wanted);
  }

  /** Switches it off: what could be restored so far is lost at once, for good. */
  public RecoveryStatus disable(String tableName) throws InterruptedException {
    return update(tableName, false, null);
  }

  private RecoveryStatus update(String tableName, boolean on, @Nullable Integer days)
      throws InterruptedException {
    return calls.call(
        "UpdateContinuousBackups",
        TABLE_TOO_YOUNG,
        () ->
            status(
                tableName,
                client
                    .updateContinuousBackups(
                        b ->
                            b.tableName(tableName)
                                .pointInTimeRecoverySpecification(
                                    s ->
                                        s.pointInTimeRecoveryEnabled(on)
                                            .recoveryPeriodInDays(days)))
                    .continuousBackupsDescription()));
  }

  private static RecoveryStatus status(String tableName, ContinuousBackupsDescription backups) {
    return new RecoveryStatus(
        tableName,
        Optional.ofNullable(backups.pointInTimeRecoveryDescription())
            .filter(
                recovery ->
                    recovery.pointInTimeRecoveryStatus() == PointInTimeRecoveryStatus.ENABLED)
            .map(PointInTimeRecovery::window));
  }

  private static RecoveryStatus.Window window(PointInTimeRecoveryDescription recovery) {
    Integer days = recovery.recoveryPeriodInDays();
    return new RecoveryStatus.Window(
        days == null ? MOST_DAYS : days,
        recovery.earliestRestorableDateTime(),
        recovery.latestRestorableDateTime());
  }
}
