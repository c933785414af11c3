// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.layout.VaultKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * State that changes, made of objects that do not: entries 1, 2, 3, … each written once. Numbers
 * are taken by put-if-absent, so two writers never overwrite each other.
 */
final class NumberedLog {
  private final ObjectStore store;
  private final String prefix;

  NumberedLog(ObjectStore store, String prefix) {
    this.store = requireNonNull(store, "store is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
  }

  /**
   * All entries in order. They are asked for by their keys; a listing only tells how far to ask at
   * least, so an incomplete one hides nothing.
   *
   * @throws DynavaultException {@code DAMAGED} if one is missing between others
   */
  List<StoredJson> read() {
    TreeSet<Integer> listed = new TreeSet<>();
    store.list(prefix, info -> VaultKeys.parseLogEntry(prefix, info.key()).ifPresent(listed::add));
    int atLeast = listed.isEmpty() ? 0 : listed.last();
    List<StoredJson> entries = new ArrayList<>();
    while (true) {
      String key = VaultKeys.logEntry(prefix, entries.size() + 1);
      Optional<StoredJson> entry = StoredJson.find(store, key);
      if (entry.isPresent()) {
        entries.add(entry.get());
      } else if (entries.size() < atLeast) {
        throw new DynavaultException(
            ErrorCode.DAMAGED,
            "unable to read '" + prefix + "': entry '" + key + "' is missing",
            "put the entry back from a copy of the vault");
      } else {
        return entries;
      }
    }
  }

  /**
   * Appends an entry, if nobody has since {@code entries} was read; else read and decide again.
   *
   * @return whether it was appended
   */
  boolean append(int entries, byte[] content) {
    return store.putIfAbsent(VaultKeys.logEntry(prefix, entries + 1), content).isPresent();
  }
}
