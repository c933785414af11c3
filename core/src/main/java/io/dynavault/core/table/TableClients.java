// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.SdkClients;
import java.util.Optional;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The clients that describe, create and change tables.
 *
 * @param autoScaling empty where the endpoint is not AWS's
 */
public record TableClients(
    DynamoDbClient dynamoDb, Optional<ApplicationAutoScalingClient> autoScaling)
    implements AutoCloseable {
  public TableClients {
    requireNonNull(dynamoDb, "dynamoDb is null");
    requireNonNull(autoScaling, "autoScaling is null");
  }

  /** Clients for this endpoint; closing this closes them. */
  public static TableClients open(EndpointConfig config) {
    return new TableClients(SdkClients.dynamoDb(config), SdkClients.autoScaling(config));
  }

  @Override
  public void close() {
    dynamoDb.close();
    autoScaling.ifPresent(ApplicationAutoScalingClient::close);
  }
}
