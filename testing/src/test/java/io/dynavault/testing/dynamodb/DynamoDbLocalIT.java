// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.dynamodb;

import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.testing.TestingServers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB Local does what {@link MemoryDynamoDb} pretends to do. */
class DynamoDbLocalIT extends DynamoDbContract {

  @Override
  protected DynamoDbClient client() {
    return TestingServers.dynamoDbClient();
  }

  @Override
  protected DynamoDbTransport transport() {
    return HttpTransport.open(
        EndpointConfig.of(
            TestingServers.dynamoDb().endpoint(),
            TestingServers.region().id(),
            TestingServers.credentialsProvider()),
        TransportConfig.forThreads(1),
        Timing.system(),
        new TransportCounters());
  }
}
