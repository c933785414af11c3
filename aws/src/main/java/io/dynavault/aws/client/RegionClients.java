// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.transport.EndpointConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clients of an account in several regions: those of one region, and others made like them when
 * they are first asked for. Safe for several threads; closing closes all.
 */
public final class RegionClients implements AutoCloseable {
  private final AwsClients home;
  private final Map<String, AwsClients> others = new HashMap<>();

  /**
   * @param home closed with the others
   */
  public RegionClients(AwsClients home) {
    this.home = requireNonNull(home, "home is null");
  }

  /** The clients that the others are made like. */
  public AwsClients home() {
    return home;
  }

  /** Name of the region that {@link #home} calls. */
  public String homeRegion() {
    return home.dynamoDb().serviceClientConfiguration().region().id();
  }

  /** The clients of a region. */
  public synchronized AwsClients in(String region) {
    EndpointConfig like = home.endpoint();
    if (like.region().filter(region::equals).isPresent()) {
      return home;
    }
    return others.computeIfAbsent(
        region,
        name ->
            AwsClients.of(
                new EndpointConfig(
                    Optional.of(name), like.endpoint(), like.profile(), like.credentials())));
  }

  @Override
  public synchronized void close() {
    others.values().forEach(AwsClients::close);
    home.close();
  }
}
