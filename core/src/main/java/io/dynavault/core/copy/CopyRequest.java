// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.CatalogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to copy.
 *
 * @param entries recovery points of the source
 * @param deleteAfter end of the copies' lifecycle; empty leaves that of each source
 * @param workers files that are copied at the same time
 */
public record CopyRequest(List<CatalogEntry> entries, Optional<Instant> deleteAfter, int workers) {
  public CopyRequest {
    entries = List.copyOf(entries);
    requireNonNull(deleteAfter, "deleteAfter is null");
    if (workers < 1) {
      throw new IllegalArgumentException("workers is less than 1: " + workers);
    }
  }
}
