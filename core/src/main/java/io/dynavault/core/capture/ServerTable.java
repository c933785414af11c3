// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableIncarnation;
import io.dynavault.core.table.TableWaiter;
import io.dynavault.core.table.WaitListener;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** A table of a real server. */
public final class ServerTable implements CapturedTable {
  /** A change of a table takes AWS seconds, and minutes while an index is being built. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final String name;
  private final TableClients clients;
  private final Sleeper sleeper;
  private final StopSignal stop;

  /**
   * @param clients stay the caller's to close
   * @param stop ends a wait
   */
  public ServerTable(String name, TableClients clients, Sleeper sleeper, StopSignal stop) {
    this.name = requireNonNull(name, "name is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    this.stop = requireNonNull(stop, "stop is null");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<TableState> state() {
    try {
      return Optional.of(
          state(
              SdkErrors.call(
                  "DescribeTable",
                  () -> clients.dynamoDb().describeTable(b -> b.tableName(name)).table())));
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static TableState state(TableDescription table) {
    boolean on =
        table.streamSpecification() != null
            && Boolean.TRUE.equals(table.streamSpecification().streamEnabled())
            && table.latestStreamArn() != null;
    return new TableState(
        TableIncarnation.id(table.tableId(), table.tableArn(), table.creationDateTime()),
        on
            ? Optional.of(
                new TableStream(
                    table.latestStreamArn(), table.streamSpecification().streamViewTypeAsString()))
            : Optional.empty());
  }

  @Override
  public TableDefinition definition() {
    return new TableDescriber(clients).describe(name).definition();
  }

  @Override
  public void enableStream() {
    try {
      SdkErrors.call(
          "UpdateTable",
          () ->
              clients
                  .dynamoDb()
                  .updateTable(
                      b ->
                          b.tableName(name)
                              .streamSpecification(
                                  s ->
                                      s.streamEnabled(true)
                                          .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))));
    } catch (RefusedException e) {
      if (e.isNotOffered()) {
        throw withoutStreams(name, e);
      }
      throw e;
    }
    new TableWaiter(clients, sleeper, PATIENCE, stop).untilActive(name, WaitListener.silent());
  }

  /** The failure of a capture where there are no streams. */
  static DynavaultException withoutStreams(String table, DynavaultException cause) {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED,
        "unable to capture table '%s': this endpoint offers no streams".formatted(table),
        "back the table up by schedule with: dynavault backup --table " + table,
        cause);
  }
}
