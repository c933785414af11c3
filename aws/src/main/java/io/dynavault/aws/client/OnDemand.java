// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkClient;

/** A client that is opened when it is first asked for. */
final class OnDemand<C extends SdkClient> implements AutoCloseable {
  private final Supplier<C> open;
  private @Nullable C client;

  OnDemand(Supplier<C> open) {
    this.open = open;
  }

  synchronized C client() {
    C opened = client;
    if (opened == null) {
      opened = open.get();
      client = opened;
    }
    return opened;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
