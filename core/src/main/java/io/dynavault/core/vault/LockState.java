// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the log of a vault's lock says.
 *
 * @param lock the lock that is in force
 * @param ignored keys of entries that the entries before them forbid: somebody wrote them by hand
 */
public record LockState(Optional<VaultLock> lock, List<String> ignored) {
  public LockState {
    requireNonNull(lock, "lock is null");
    ignored = List.copyOf(ignored);
  }
}
