// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.time.Sleeper;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Waits for what happens to a table after an operation has returned. */
public final class TableWaiter {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** A table that was just created may be unknown to the server that is asked for it. */
  private static final Duration MAY_BE_UNKNOWN = Duration.ofSeconds(30);

  /** States that do not pass by themselves. */
  private static final Set<TableStatus> STUCK =
      Set.of(
          TableStatus.INACCESSIBLE_ENCRYPTION_CREDENTIALS,
          TableStatus.ARCHIVING,
          TableStatus.ARCHIVED,
          TableStatus.DELETING);

  private final DynamoDbClient client;
  private final Sleeper sleeper;
  private final Duration limit;
  private final StopSignal stop;

  /**
   * @param limit longest time spent waiting for one table
   * @param stop ends a wait
   */
  public TableWaiter(TableClients clients, Sleeper sleeper, Duration limit, StopSignal stop) {
    this.client = clients.dynamoDb();
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.stop = requireNonNull(stop, "stop is null");
  }

  /**
   * Waits until the table and all its global indexes are ACTIVE.
   *
   * @throws DynavaultException {@code INTERRUPTED} if a stop is asked for meanwhile
   */
  public void untilActive(String tableName, WaitListener listener) {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      Optional<String> status = pendingStatus(tableName, waited);
      if (status.isEmpty()) {
        return;
      }
      if (waited.compareTo(limit) >= 0) {
        throw new DynavaultException(
            ErrorCode.SERVICE_UNAVAILABLE,
            "unable to go on with table '"
                + tableName
                + "': it is still "
                + status.get()
                + " after "
                + waited.toSeconds()
                + " seconds");
      }
      if (stop.isRequested()) {
        throw stop.interrupted("waiting for table '" + tableName + "'");
      }
      listener.waiting(tableName, status.get(), waited);
      pause(tableName, pause);
      waited = waited.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  /** What is not ACTIVE yet; empty if everything is. */
  private Optional<String> pendingStatus(String tableName, Duration waited) {
    TableDescription table;
    try {
      table = TableDescriber.describeTable(client, tableName);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND && waited.compareTo(MAY_BE_UNKNOWN) < 0) {
        return Optional.of("CREATING");
      }
      throw e;
    }
    if (STUCK.contains(table.tableStatus())) {
      throw new DynavaultException(
          ErrorCode.REQUEST_REFUSED,
          "unable to use table '" + tableName + "': it is " + table.tableStatusAsString(),
          "see the table in the AWS console");
    }
    if (table.tableStatus() != TableStatus.ACTIVE) {
      return Optional.of(table.tableStatusAsString());
    }
    return table.globalSecondaryIndexes().stream()
        .filter(index -> index.indexStatus() != null && index.indexStatus() != IndexStatus.ACTIVE)
        .findFirst()
        .map(GlobalSecondaryIndexDescription::indexStatusAsString);
  }

  private void pause(String tableName, Duration pause) {
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "unable to wait for table '" + tableName + "': interrupted", e);
    }
  }
}
