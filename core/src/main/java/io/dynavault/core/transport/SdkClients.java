// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The SDK's own clients, for operations on tables as a whole and for services beside DynamoDB. They
 * find endpoint, region and credentials as {@link HttpTransport} does; retrying is the SDK's
 * business. The caller closes them.
 */
public final class SdkClients {
  private static final int MAX_ATTEMPTS = 8;

  private SdkClients() {}

  /** A client of the DynamoDB endpoint. */
  public static DynamoDbClient dynamoDb(EndpointConfig config) {
    ResolvedEndpoint endpoint = ResolvedEndpoint.resolve(config);
    return configure(DynamoDbClient.builder(), config, endpoint)
        .endpointOverride(endpoint.uri())
        .build();
  }

  /** A client of Application Auto Scaling, which exists beside AWS's own endpoints only. */
  public static Optional<ApplicationAutoScalingClient> autoScaling(EndpointConfig config) {
    ResolvedEndpoint endpoint = ResolvedEndpoint.resolve(config);
    if (endpoint.custom()) {
      return Optional.empty();
    }
    return Optional.of(configure(ApplicationAutoScalingClient.builder(), config, endpoint).build());
  }

  /**
   * A client of a service beside DynamoDB. It goes where environment or profile send that service
   * or all services; else to the given endpoint, which is then taken to answer for all of AWS, as
   * emulators do; else to AWS.
   */
  public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C open(
      AwsService service, B builder, EndpointConfig config) {
    ResolvedEndpoint dynamoDb = ResolvedEndpoint.resolve(config);
    configure(builder, config, dynamoDb);
    service.endpointBesideDynamoDb(config, dynamoDb.region()).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configure(
      B builder, EndpointConfig config, ResolvedEndpoint endpoint) {
    return builder
        .region(Region.of(endpoint.region()))
        .credentialsProvider(Credentials.of(config))
        .overrideConfiguration(
            override -> {
              override.retryStrategy(retries -> retries.maxAttempts(MAX_ATTEMPTS));
              config.profile().ifPresent(override::defaultProfileName);
            })
        .httpClientBuilder(ApacheHttpClient.builder());
  }
}
