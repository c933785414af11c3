// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Where requests go and who sends them, as far as the user said so; the rest is found as every AWS
 * tool finds it (AWS SDKs and Tools Reference Guide, "Settings reference").
 *
 * @param endpoint a server other than AWS's, or a VPC endpoint
 * @param profile a profile of the shared config and credentials files
 * @param credentials given by a program that embeds the engine; empty is the SDK's provider chain
 */
public record EndpointConfig(
    Optional<String> region,
    Optional<URI> endpoint,
    Optional<String> profile,
    Optional<AwsCredentialsProvider> credentials) {
  public EndpointConfig {
    requireNonNull(region, "region is null");
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(profile, "profile is null");
    requireNonNull(credentials, "credentials is null");
  }

  public EndpointConfig(Optional<String> region, Optional<URI> endpoint, Optional<String> profile) {
    this(region, endpoint, profile, Optional.empty());
  }

  /** Everything from environment variables, profile files and the instance's metadata. */
  public static EndpointConfig fromEnvironment() {
    return new EndpointConfig(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A server at this address, with credentials of the given provider. */
  public static EndpointConfig of(URI endpoint, String region, AwsCredentialsProvider credentials) {
    return new EndpointConfig(
        Optional.of(region), Optional.of(endpoint), Optional.empty(), Optional.of(credentials));
  }
}
