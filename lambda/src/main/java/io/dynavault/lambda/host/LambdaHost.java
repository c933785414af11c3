// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreConfig;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.Stores;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/** AWS Lambda. */
final class LambdaHost implements Host {
  @Override
  public Map<String, String> variables() {
    return System.getenv();
  }

  @Override
  public EndpointConfig endpoint() {
    return EndpointConfig.fromEnvironment();
  }

  @Override
  public ObjectStore openStore(StoreLocation location) {
    Timing timing = timing();
    return Stores.open(
        location, new StoreConfig(s3(), timing.clock(), timing.sleeper(), timing.random()));
  }

  /** Another server than AWS's has its buckets in the path, which only a given endpoint implies. */
  private S3Config s3() {
    Settings settings = new Settings(variables());
    return settings
        .optional("AWS_ENDPOINT_URL_S3")
        .or(() -> settings.optional("AWS_ENDPOINT_URL"))
        .map(url -> S3Config.defaults().withEndpoint(URI.create(url)))
        .orElseGet(S3Config::defaults);
  }

  /**
   * Chance comes from the operating system each time: functions that start from one snapshot must
   * not draw the same numbers (AWS Lambda Developer Guide, "Handling uniqueness with Lambda
   * SnapStart").
   */
  @Override
  public Timing timing() {
    return new Timing(InstantSource.system(), Sleeper.system(), new SecureRandom());
  }

  @Override
  public Ticker ticker() {
    return Ticker.system();
  }

  @Override
  public Continuation continuation(String functionArn) {
    return new SelfInvocation(endpoint(), functionArn);
  }

  @Override
  public PrintStream log() {
    return System.out;
  }
}
