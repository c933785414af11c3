// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.UUID;

/**
 * Says that a chain is a copy: it gets its commits from another vault alone, and no capture goes on
 * with it.
 *
 * @param vault id of the vault that it was copied from
 * @param vaultName name of that vault
 * @param written when the copy began, by the clock of the one who copied
 */
public record CopyOrigin(RecoveryPointId chain, UUID vault, String vaultName, Instant written) {
  public CopyOrigin {
    requireNonNull(chain, "chain is null");
    requireNonNull(vault, "vault is null");
    requireNonNull(vaultName, "vaultName is null");
    requireNonNull(written, "written is null");
  }
}
