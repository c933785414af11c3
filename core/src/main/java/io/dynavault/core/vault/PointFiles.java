// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stored files of a recovery point, compared with its record by name and size. */
public final class PointFiles {
  private final ObjectStore store;

  public PointFiles(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Files that the record names and that are not there or have another size. */
  public List<StoredFile> missing(RecoveryPoint point) {
    if (!(point.content() instanceof StoredExport export)) {
      return List.of();
    }
    Map<String, Long> sizes = new HashMap<>();
    store.list(export.exportPrefix() + "/", info -> sizes.put(info.key(), info.size()));
    return point.files().stream()
        .filter(file -> !Long.valueOf(file.size()).equals(sizes.get(file.key())))
        .filter(file -> !isThere(file)) // a listing alone proves nothing
        .toList();
  }

  private boolean isThere(StoredFile file) {
    return store.stat(file.key()).filter(info -> info.size() == file.size()).isPresent();
  }
}
