// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.delete.Protection;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.CatalogEntry;
import java.util.List;
import java.util.Optional;

/**
 * A recovery point to be decided upon, and all that the decision depends on.
 *
 * @param protections what forbids to delete it
 * @param doubt why nobody could say whether it is whole
 */
public record ExpireCandidate(
    CatalogEntry entry,
    Quality quality,
    List<Protection> protections,
    Optional<DynavaultException> doubt) {
  public ExpireCandidate {
    requireNonNull(entry, "entry is null");
    requireNonNull(quality, "quality is null");
    protections = List.copyOf(protections);
    requireNonNull(doubt, "doubt is null");
  }

  /** One that there is no doubt about. */
  public ExpireCandidate(CatalogEntry entry, Quality quality, List<Protection> protections) {
    this(entry, quality, protections, Optional.empty());
  }

  ExpireCandidate damaged() {
    return new ExpireCandidate(entry, Quality.DAMAGED, protections);
  }

  ExpireCandidate doubtful(DynavaultException reason) {
    return new ExpireCandidate(entry, Quality.UNKNOWN, protections, Optional.of(reason));
  }
}
