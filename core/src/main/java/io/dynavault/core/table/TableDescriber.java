// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import io.dynavault.core.transport.SdkErrors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Reads a table's whole definition from the server. */
public final class TableDescriber {
  private final TableClients clients;

  public TableDescriber(TableClients clients) {
    this.clients = clients;
  }

  /**
   * Describes a table. Settings that the endpoint does not know, or does not let these credentials
   * see, are named in the definition instead of failing.
   *
   * @throws DynavaultException {@link ErrorCode#TABLE_NOT_FOUND}, {@link ErrorCode#NAME_INVALID} or
   *     whatever else prevents the description of the table itself
   */
  public TableSnapshot describe(String tableName) {
    TableSelection.requireName(tableName);
    TableDescription table = describeTable(clients.dynamoDb(), tableName);
    TableSettings settings = new SettingsReader(clients, table).read();
    return TableDescriptions.snapshot(table, settings);
  }

  static TableDescription describeTable(DynamoDbClient client, String tableName) {
    try {
      return SdkErrors.call(
          "DescribeTable", () -> client.describeTable(b -> b.tableName(tableName)).table());
    } catch (RefusedException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        throw new DynavaultException(
            ErrorCode.TABLE_NOT_FOUND,
            "unable to describe table '" + tableName + "': there is no such table",
            e);
      }
      throw e;
    }
  }
}
