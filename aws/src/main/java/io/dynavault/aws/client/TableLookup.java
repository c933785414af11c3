// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Looks whether a table is there. */
public final class TableLookup {
  private TableLookup() {}

  /** The table of this name, if there is one. */
  public static Optional<TableDescription> find(
      DynamoDbClient client, PacedCalls calls, String tableName) throws InterruptedException {
    try {
      return Optional.of(
          calls.call(
              "DescribeTable", () -> client.describeTable(b -> b.tableName(tableName)).table()));
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.TABLE_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
