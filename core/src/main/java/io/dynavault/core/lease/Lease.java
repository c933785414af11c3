// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.lease;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A right that only this process has at this time. It lasts as long as it is renewed, for which
 * there is {@link LeaseKeeper}. Safe for several threads.
 */
public final class Lease implements KeptLease {
  private static final Logger log = LoggerFactory.getLogger(Lease.class);

  private final LeaseName name;
  private final LeaseObject object;

  Lease(LeaseName name, LeaseObject object) {
    this.name = requireNonNull(name, "name is null");
    this.object = requireNonNull(object, "object is null");
  }

  public LeaseName name() {
    return name;
  }

  /** The fencing token: greater than that of every holder before. */
  public long epoch() {
    return object.state().epoch();
  }

  @Override
  public Duration ttl() {
    return object.state().ttl();
  }

  @Override
  public void renew() {
    object.renew();
  }

  /**
   * Proves directly before an irreversible step that nobody has taken over. A check of the clock
   * would not do, because this process may have slept; a conditional write does.
   *
   * @throws DynavaultException {@code LEASE_LOST} if somebody has
   */
  public void verify() {
    object.renew();
  }

  /** Gives it up for good: its object is gone. For what nobody will take a lease of again. */
  public void remove() {
    object.remove();
  }

  @Override
  public void close() {
    try {
      object.release();
    } catch (DynavaultException e) {
      log.debug("lease runs out by itself, it could not be released: name={}", name, e);
    }
  }
}
