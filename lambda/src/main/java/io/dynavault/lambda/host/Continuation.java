// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.host;

/** A way to go on in another invocation. */
@FunctionalInterface
public interface Continuation {
  /**
   * Has the function invoked with this event, and does not wait for it.
   *
   * @throws io.dynavault.core.error.DynavaultException if it cannot be
   */
  void invoke(Event event);
}
