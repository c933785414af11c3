// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * The services that are called, and by which names users redirect each of them (AWS SDKs and Tools
 * Reference Guide, "Service-specific endpoints"): {@link #BACKUP} is {@code
 * AWS_ENDPOINT_URL_BACKUP}, {@code aws.endpointUrlBackup} or {@code backup} in a profile.
 */
public enum AwsService {
  APPLICATION_AUTO_SCALING("ApplicationAutoScaling"),
  BACKUP("Backup"),
  CLOUDWATCH_LOGS("CloudWatchLogs"),
  DYNAMODB("DynamoDb"),
  DYNAMODB_STREAMS("DynamoDbStreams"),
  LAMBDA("Lambda"),
  RESOURCE_GROUPS_TAGGING_API("ResourceGroupsTaggingApi"),
  S3("S3"),
  SNS("Sns"),
  STS("Sts");

  private final String property;

  AwsService(String property) {
    this.property = property;
  }

  /**
   * Where a service beside DynamoDB is called: the endpoint that environment or profile name for it
   * or for all services; else the given one, taken to answer for all of AWS; else empty, AWS's own.
   */
  Optional<URI> endpointBesideDynamoDb(EndpointConfig config, String region) {
    return namedEndpoint(config, region).or(config::endpoint);
  }

  /** The endpoint that environment or profile name for this service or for all; else empty. */
  public Optional<URI> namedEndpoint(EndpointConfig config, String region) {
    AwsClientEndpointProvider provider =
        endpointProvider(
            Optional.empty(),
            ProfileFile::defaultProfileFile,
            RegionLookup.profileName(config.profile()),
            Region.of(region));
    return provider.isEndpointOverridden()
        ? Optional.of(provider.clientEndpoint())
        : Optional.empty();
  }

  /**
   * The endpoint that environment or profile name for this service alone. The SDK does not say
   * which of its settings it took: one that it finds for a service without a name is for all.
   */
  Optional<URI> ownEndpoint(EndpointConfig config, String region) {
    AwsClientEndpointProvider ofAll =
        endpointProvider(
            "NONE",
            "None",
            Optional.empty(),
            ProfileFile::defaultProfileFile,
            RegionLookup.profileName(config.profile()),
            Region.of(region));
    return namedEndpoint(config, region)
        .filter(uri -> !ofAll.isEndpointOverridden() || !uri.equals(ofAll.clientEndpoint()));
  }

  /** The class that the SDK's generated clients use, so that both always agree. */
  AwsClientEndpointProvider endpointProvider(
      Optional<URI> given, Supplier<ProfileFile> files, String profile, Region region) {
    return endpointProvider(name(), property, given, files, profile, region);
  }

  private static AwsClientEndpointProvider endpointProvider(
      String variable,
      String property,
      Optional<URI> given,
      Supplier<ProfileFile> files,
      String profile,
      Region region) {
    String name = variable.toLowerCase(Locale.ROOT);
    return AwsClientEndpointProvider.builder()
        .clientEndpointOverride(given.orElse(null))
        .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + variable)
        .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + property)
        .serviceProfileProperty(name)
        .serviceEndpointPrefix(hostPrefix(name))
        .defaultProtocol("https")
        .region(region)
        .profileFile(files)
        .profileName(profile)
        .build();
  }

  /** How hosts of AWS begin, as far as they are asked for: those of DynamoDB and its streams. */
  private static String hostPrefix(String name) {
    return name.equals("dynamodb_streams") ? "streams.dynamodb" : name.replace("_", "");
  }
}
