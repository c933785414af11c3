// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.Protection;
import io.dynavault.core.vault.CatalogEntry;
import java.util.List;

/**
 * A recovery point to be decided upon, and all that the decision depends on.
 *
 * @param protections what forbids to delete it
 */
public record ExpireCandidate(CatalogEntry entry, Quality quality, List<Protection> protections) {
  public ExpireCandidate {
    requireNonNull(entry, "entry is null");
    requireNonNull(quality, "quality is null");
    protections = List.copyOf(protections);
  }

  ExpireCandidate damaged() {
    return new ExpireCandidate(entry, Quality.DAMAGED, protections);
  }
}
