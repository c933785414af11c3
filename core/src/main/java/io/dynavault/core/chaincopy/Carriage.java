// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.vault.Vault;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the steps of the copy of one chain share.
 *
 * @param check fails when the copy must not go on
 * @param workers files that are copied at the same time
 */
record Carriage(
    Vault source,
    Vault target,
    RunContext context,
    Runnable check,
    int workers,
    String toolVersion) {
  Carriage {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(context, "context is null");
    requireNonNull(check, "check is null");
    requireNonNull(toolVersion, "toolVersion is null");
  }

  /**
   * Puts an object; the very same one may be there.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_EXISTS} if there is another one
   */
  void put(String key, byte[] content) {
    check.run();
    if (target.store().putIfAbsent(key, content).isPresent()) {
      return;
    }
    Optional<StoredJson> there = StoredJson.find(target.store(), key);
    if (there.filter(stored -> Arrays.equals(stored.content(), content)).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_EXISTS,
          "unable to copy '%s' to '%s': there is another one, both vaults have captured the chain"
              .formatted(key, target.store().location()),
          "give another vault with --target-vault; let one vault capture, and copy to the others");
    }
  }
}
