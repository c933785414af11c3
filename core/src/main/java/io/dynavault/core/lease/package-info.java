/**
 * The right to do what must not be done twice at once: a lease is an object of the vault that its
 * holder renews and that runs out by itself when the holder dies (docs/format/vault.md, "Leases,
 * marks and fencing").
 *
 * <p>A {@link io.dynavault.core.lease.Lease} has one holder; a {@link io.dynavault.core.lease.Mark}
 * may be put by many. Whether one has run out is not decided by a wall clock: a contender watches
 * that it does not change. A holder that slept and was replaced learns so by its next renewal,
 * which is a conditional write; therefore {@code verify} comes directly before a commit.
 */
@NullMarked
package io.dynavault.core.lease;

import org.jspecify.annotations.NullMarked;
