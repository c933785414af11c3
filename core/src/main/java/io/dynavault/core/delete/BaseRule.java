// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import java.util.Optional;

/** Whether the last base of a table's continuous backup may be deleted. */
public enum BaseRule {
  /** It may not: the changes could not be restored any more. */
  KEEP,
  /** It may: nobody wants to restore them. */
  MAY_GO;

  Optional<Protection> protection(Vault vault, CatalogEntry entry) {
    return this == KEEP ? new ContinuousBases(vault).protection(entry) : Optional.empty();
  }
}
