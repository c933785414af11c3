// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.vault.CatalogEntry;
import java.util.List;

/**
 * What retention did.
 *
 * @param removed deleted recovery points
 * @param held not deleted because something protects them, the store included: no failure
 * @param failed not deleted, or not wholly, for other reasons
 */
public record ExpireResult(
    List<CatalogEntry> removed, List<NotRemoved> held, List<NotRemoved> failed) {
  public ExpireResult {
    removed = List.copyOf(removed);
    held = List.copyOf(held);
    failed = List.copyOf(failed);
  }

  /** A recovery point that is still there, and why. */
  public record NotRemoved(CatalogEntry entry, DynavaultException reason) {
    public NotRemoved {
      requireNonNull(entry, "entry is null");
      requireNonNull(reason, "reason is null");
    }
  }

  public long removedBytes() {
    return removed.stream().mapToLong(entry -> entry.point().storedBytes()).sum();
  }
}
