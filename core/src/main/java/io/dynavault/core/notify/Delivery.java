// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Whether a notification could be sent.
 *
 * @param kind of the notifier
 * @param destination where to, without secrets
 * @param failure why it could not be sent
 */
public record Delivery(String kind, String destination, Optional<String> failure) {
  public Delivery {
    requireNonNull(kind, "kind is null");
    requireNonNull(destination, "destination is null");
    requireNonNull(failure, "failure is null");
  }

  public boolean delivered() {
    return failure.isEmpty();
  }
}
