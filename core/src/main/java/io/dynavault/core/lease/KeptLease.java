// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import java.time.Duration;

/** What a {@link LeaseKeeper} keeps from running out. */
public sealed interface KeptLease extends AutoCloseable permits Lease, Mark {
  /**
   * Proves that it is still ours, by a conditional write.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code LEASE_LOST} for good, others where
   *     the store failed and it can be tried again
   */
  void renew();

  /** How long it lasts without a renewal. */
  Duration ttl();

  /** Gives it up. Never throws: what could not be given up runs out. */
  @Override
  void close();
}
