// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import io.dynavault.core.transport.RegionLookup;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes the SDK's client for a configuration: where, as whom, and how often it tries. */
final class S3Clients {
  private static final int ATTEMPTS = 8;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(20);
  private static final int MAX_CONNECTIONS = 128;

  private S3Clients() {}

  static S3Client create(S3Config config) {
    BackoffStrategy backoff = BackoffStrategy.exponentialDelay(FIRST_BACKOFF, MAX_BACKOFF);
    return create(config, backoff, ATTEMPTS);
  }

  static S3Client create(S3Config config, BackoffStrategy backoff, int attempts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region(config))
            .credentialsProvider(credentials(config))
            .forcePathStyle(isPathStyle(config))
            // Bodies are sent as they are, with a checksum of ours: every server reads that.
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .httpClientBuilder(
                ApacheHttpClient.builder().maxConnections(MAX_CONNECTIONS).tcpKeepAlive(true))
            .overrideConfiguration(
                overrides -> {
                  overrides
                      .retryStrategy(retries(backoff, attempts))
                      .addExecutionInterceptor(new AttemptCount.Interceptor());
                  config.profile().ifPresent(overrides::defaultProfileName);
                });
    config.endpoint().ifPresent(builder::endpointOverride);
    if (config.endpoint().isEmpty()) {
      builder.crossRegionAccessEnabled(true);
    }
    return builder.build();
  }

  /**
   * Standard mode without its circuit breaker: every request has its own bound of attempts, and a
   * backup that has to get through a bad minute must not lose the later ones.
   */
  private static StandardRetryStrategy retries(BackoffStrategy backoff, int attempts) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(attempts)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        .circuitBreakerEnabled(false)
        .retryOnException(S3Clients::isConflictInFlight)
        .build();
  }

  /** A conditional write that met another write of the key: S3 asks to repeat it. */
  private static boolean isConflictInFlight(Throwable e) {
    return e instanceof S3Exception s3
        && s3.statusCode() == 409
        && S3Failures.code(s3).equals("ConditionalRequestConflict");
  }

  private static boolean isPathStyle(S3Config config) {
    return switch (config.addressing()) {
      case AUTOMATIC -> config.endpoint().isPresent();
      case PATH -> true;
      case VIRTUAL_HOST -> false;
    };
  }

  /** A profile that is named goes before environment variables, as in the AWS CLI. */
  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.credentials().isPresent()) {
      return config.credentials().get();
    }
    return config
        .profile()
        .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  /** Without a region anywhere the client starts in one and follows S3 to the bucket's. */
  private static Region region(S3Config config) {
    return config
        .region()
        .map(Region::of)
        .or(() -> RegionLookup.find(config.profile()))
        .orElse(Region.US_EAST_1);
  }
}
