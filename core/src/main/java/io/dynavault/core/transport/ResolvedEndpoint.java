// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * The DynamoDB endpoint that requests go to and the region they are signed for.
 *
 * @param uri scheme, host and port
 * @param custom whether somebody named the endpoint: AWS's services beside DynamoDB are then not
 *     expected to exist
 */
public record ResolvedEndpoint(URI uri, String region, boolean custom) {
  /** What servers other than AWS are addressed with where nobody named a region. */
  private static final Region REGION_OF_CUSTOM_ENDPOINTS = Region.US_EAST_1;

  public ResolvedEndpoint {
    requireNonNull(uri, "uri is null");
    requireNonNull(region, "region is null");
  }

  /**
   * Resolves the endpoint: the one given, else {@code AWS_ENDPOINT_URL_DYNAMODB}, {@code
   * AWS_ENDPOINT_URL} or the profile's, else that of the region. The region is the one given, else
   * that which {@link RegionLookup} finds.
   */
  public static ResolvedEndpoint resolve(EndpointConfig config) {
    config.endpoint().ifPresent(ResolvedEndpoint::requireHttp);
    Supplier<ProfileFile> files = ProfileFile::defaultProfileFile;
    String profile = RegionLookup.profileName(config.profile());
    Optional<Region> region =
        config.region().map(Region::of).or(() -> RegionLookup.ofSettings(files, profile));
    AwsClientEndpointProvider provider =
        endpointProvider(config, files, profile, region.orElse(REGION_OF_CUSTOM_ENDPOINTS));
    if (provider.isEndpointOverridden()) {
      return of(provider.clientEndpoint(), region.orElse(REGION_OF_CUSTOM_ENDPOINTS), true);
    }
    if (region.isPresent()) {
      return of(provider.clientEndpoint(), region.get(), false);
    }
    Region ofInstance = RegionLookup.ofInstance().orElseThrow(ResolvedEndpoint::regionUnknown);
    return of(
        endpointProvider(config, files, profile, ofInstance).clientEndpoint(), ofInstance, false);
  }

  /**
   * Resolves the endpoint of DynamoDB Streams: the one that {@code
   * AWS_ENDPOINT_URL_DYNAMODB_STREAMS} or the profile name for it; beside AWS's own endpoint for
   * tables, that for streams; else, as other servers have both at one address, the one for tables.
   */
  public static ResolvedEndpoint resolveStreams(EndpointConfig config) {
    ResolvedEndpoint tables = resolve(config);
    Region region = Region.of(tables.region());
    Optional<URI> named = AwsService.DYNAMODB_STREAMS.ownEndpoint(config, tables.region());
    if (named.isPresent()) {
      return of(named.get(), region, true);
    }
    if (!isAws(tables.uri())) {
      return tables;
    }
    String host = tables.uri().getHost();
    if (tables.custom() && host.startsWith("dynamodb.")) {
      String separator = host.endsWith(".api.aws") ? "-" : ".";
      return of(URI.create("https://streams" + separator + host), region, true);
    }
    AwsClientEndpointProvider provider =
        AwsService.DYNAMODB_STREAMS.endpointProvider(
            Optional.empty(),
            ProfileFile::defaultProfileFile,
            RegionLookup.profileName(config.profile()),
            region);
    return of(provider.clientEndpoint(), region, false);
  }

  /** Whether an endpoint is AWS's, by its host's name. */
  public static boolean isAws(URI endpoint) {
    String host = endpoint.getHost() == null ? "" : endpoint.getHost();
    return host.endsWith(".amazonaws.com")
        || host.endsWith(".amazonaws.com.cn")
        || host.endsWith(".api.aws");
  }

  private static ResolvedEndpoint of(URI uri, Region region, boolean custom) {
    return new ResolvedEndpoint(uri, region.id(), custom);
  }

  private static AwsClientEndpointProvider endpointProvider(
      EndpointConfig config, Supplier<ProfileFile> files, String profile, Region region) {
    return AwsService.DYNAMODB.endpointProvider(config.endpoint(), files, profile, region);
  }

  private static DynavaultException regionUnknown() {
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to find the AWS region: no option, environment variable or profile names it",
        "give --region, or set AWS_REGION, AWS_DEFAULT_REGION or the profile's region");
  }

  private static void requireHttp(URI endpoint) {
    String scheme = endpoint.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!http || endpoint.getHost() == null) {
      throw new DynavaultException(
          ErrorCode.CONFIG_INVALID,
          "unable to use endpoint '" + endpoint + "': it is not an http or https address",
          "give it as in --endpoint-url http://localhost:8000");
    }
  }
}
