// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import java.util.List;

/**
 * What a vault holds.
 *
 * @param entries readable records, by table and then oldest first
 * @param unreadable records that exist but cannot be read
 */
public record CatalogListing(List<CatalogEntry> entries, List<UnreadableRecord> unreadable) {
  public CatalogListing {
    entries = List.copyOf(entries);
    unreadable = List.copyOf(unreadable);
  }
}
