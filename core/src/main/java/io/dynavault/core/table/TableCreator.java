// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Creates a table: keys, indexes, capacity, encryption and class. Everything else is put back by
 * {@link TableSettingsApplier} once the data is in: TTL would delete what is being restored, a
 * stream would carry every item of it, and deletion protection would guard half a table.
 *
 * <p>Dying after the request leaves a table without data, which nothing refers to.
 */
public final class TableCreator {
  private final TableClients clients;
  private final TableWaiter waiter;

  public TableCreator(TableClients clients, TableWaiter waiter) {
    this.clients = requireNonNull(clients, "clients is null");
    this.waiter = requireNonNull(waiter, "waiter is null");
  }

  /** The table that was created: its ARN, and its id, which no later table of this name has. */
  public record CreatedTable(String tableArn, String tableId) {}

  /**
   * Creates the table and waits until it can be written.
   *
   * @throws DynavaultException {@link ErrorCode#TABLE_EXISTS} if there is one of that name
   */
  public CreatedTable create(TableDefinition table, WaitListener listener) {
    return create(table, created -> {}, listener);
  }

  /**
   * Creates the table and waits until it can be written.
   *
   * @param onCreated told of the table as soon as it is there, before it can be written
   * @throws DynavaultException {@link ErrorCode#TABLE_EXISTS} if there is one of that name
   */
  public CreatedTable create(
      TableDefinition table, Consumer<CreatedTable> onCreated, WaitListener listener) {
    CreateTableRequest request = CreateTableRequests.of(table);
    TableDescription created;
    try {
      created =
          SdkErrors.call(
              "CreateTable", () -> clients.dynamoDb().createTable(request).tableDescription());
    } catch (RefusedException e) {
      throw e.awsError().equals("ResourceInUseException") ? exists(table, e) : e;
    }
    CreatedTable result =
        new CreatedTable(
            created.tableArn() == null ? "" : created.tableArn(),
            TableIncarnation.id(created.tableId(), created.tableArn(), created.creationDateTime()));
    onCreated.accept(result);
    waiter.untilActive(table.tableName(), listener);
    return result;
  }

  private static DynavaultException exists(TableDefinition table, RefusedException cause) {
    return new DynavaultException(
        ErrorCode.TABLE_EXISTS,
        "unable to create table '" + table.tableName() + "': there is a table of this name",
        cause);
  }
}
