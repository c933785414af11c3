// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.time.Timing;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.table.LiveTable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What AWS's own methods work with: a bucket of the S3 server, a table of DynamoDB Local. */
public final class BucketAndTable {
  private BucketAndTable() {}

  /** All of a bucket. */
  public static ObjectStore bucket(String name) {
    Timing timing = Timing.system();
    S3Config config =
        S3Config.defaults()
            .withRegion("us-east-1")
            .withEndpoint(TestingServers.s3().endpoint())
            .withCredentials(TestingServers.credentialsProvider());
    return Stores.open(
        new StoreLocation.Bucket(name, ""),
        new StoreConfig(config, timing.clock(), timing.sleeper(), timing.random()));
  }

  /** Creates a table whose items have a {@code pk}, a string, and an {@code sk}, a number. */
  public static LiveTable table(String name) {
    TestingServers.dynamoDbClient()
        .createTable(
            b ->
                b.tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("pk")
                            .keyType(KeyType.HASH)
                            .build(),
                        KeySchemaElement.builder()
                            .attributeName("sk")
                            .keyType(KeyType.RANGE)
                            .build())
                    .attributeDefinitions(
                        attribute("pk", ScalarAttributeType.S),
                        attribute("sk", ScalarAttributeType.N)));
    return LiveTable.of(TestingServers.dynamoDb().endpoint(), name);
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
