// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyHash;
import io.dynavault.format.item.KeyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads data files once more to find the items behind hashes that occurred twice: whether they have
 * the same key, and where they are.
 */
final class DuplicateSearch {
  /** Hashes whose items are looked for; chance alone makes none in a table of a billion items. */
  static final int MAX_HASHES = 10_000;

  private static final int MAX_LISTED = 100;
  private static final String REMEDY =
      "a restore keeps one of them, by chance; back the table up again";

  private final KeyReader keys;
  private final Set<Long> hashes;
  private final RunContext context;
  private final Map<ItemKey, String> firstPlaces = new HashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long duplicates;

  /**
   * @param hashes of the keys that are suspected
   */
  DuplicateSearch(KeyReader keys, Set<Long> hashes, RunContext context) {
    this.keys = requireNonNull(keys, "keys is null");
    this.hashes = Set.copyOf(hashes);
    this.context = requireNonNull(context, "context is null");
  }

  List<Finding> search(ObjectStore store, String folder, List<ExpectedFile> files)
      throws InterruptedException {
    for (ExpectedFile file : files) {
      search(store, file);
    }
    long more = duplicates - findings.size();
    if (more > 0) {
      findings.add(Finding.error(folder, more + " more items have keys of other items", REMEDY));
    }
    return findings;
  }

  private void search(ObjectStore store, ExpectedFile file) throws InterruptedException {
    try (ObjectDownload in = store.read(file.key());
        DataFileReader reader =
            DataFileReader.open(in, file.key(), file.format(), file.compression())) {
      while (reader.next() && reader.lineNumber() <= file.itemCount()) {
        FileCheck.requireNotStopped(context);
        look(reader, file);
      }
    } catch (FormatException e) {
      // This file is damaged, which was found before; the others are looked at.
    } catch (DynavaultException e) {
      SecondLook.reason(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look(DataFileReader reader, ExpectedFile file) {
    try {
      ItemBytes item = ItemBytes.of(reader, file.format());
      ItemKey key = keys.read(item.array(), item.offset(), item.length());
      if (hashes.contains(KeyHash.of(key))) {
        found(key, file.key(), reader.lineNumber());
      }
    } catch (FormatException e) {
      // An item without a key, which was found before, is nobody's duplicate.
    }
  }

  private void found(ItemKey key, String file, long line) {
    String first = firstPlaces.putIfAbsent(key, "line " + line + " of '" + file + "'");
    if (first == null) {
      return;
    }
    duplicates++;
    if (findings.size() < MAX_LISTED) {
      findings.add(Finding.error(file, line, "the item has the same key as " + first, REMEDY));
    }
  }
}
