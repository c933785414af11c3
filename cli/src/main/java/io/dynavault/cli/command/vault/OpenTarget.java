// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.verify.VerifyTarget;

/**
 * What is verified.
 *
 * @param closer closes what it is read from
 */
record OpenTarget(VerifyTarget target, Runnable closer) implements AutoCloseable {
  OpenTarget {
    requireNonNull(target, "target is null");
    requireNonNull(closer, "closer is null");
  }

  @Override
  public void close() {
    closer.run();
  }
}
