// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import io.dynavault.core.transport.DynamoDbTransport;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class MemoryDynamoDbTest extends DynamoDbContract {
  private final MemoryDynamoDb dynamoDb = new MemoryDynamoDb(InstantSource.system());

  @Override
  protected DynamoDbClient client() {
    return dynamoDb.client();
  }

  @Override
  protected DynamoDbTransport transport() {
    return dynamoDb.transport();
  }
}
