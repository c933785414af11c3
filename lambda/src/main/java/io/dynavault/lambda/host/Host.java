// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.EndpointConfig;
import java.io.PrintStream;
import java.util.Map;

/** Where a function runs: what it is given, and how it reaches the rest of the world. */
public interface Host {
  /** The environment variables. */
  Map<String, String> variables();

  /** How AWS's services are reached. */
  EndpointConfig endpoint();

  /** Opens a store; the caller closes it. */
  ObjectStore openStore(StoreLocation location);

  /** Time and chance of one invocation. */
  Timing timing();

  Ticker ticker();

  /** Invokes this function once more. */
  Continuation continuation(String functionArn);

  /** Lines that become the function's log. */
  PrintStream log();

  /** AWS Lambda, with everything as the environment says. */
  static Host lambda() {
    return new LambdaHost();
  }
}
