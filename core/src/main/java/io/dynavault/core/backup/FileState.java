// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.export.WrittenFile;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFile;
import java.util.Optional;

/**
 * A data file that is finished and stored, as the run's journal keeps it: enough to list it in the
 * manifests and to go on behind it.
 *
 * @param segment the segment whose items it holds
 * @param startKey where the segment's file before it ended, as JSON; empty for the first one
 * @param endKey LastEvaluatedKey of its last page as JSON; empty when the segment ended with it
 * @param itemBytes size of its items by DynamoDB's rules
 */
record FileState(
    int segment,
    Optional<String> startKey,
    Optional<String> endKey,
    long itemBytes,
    DataFile dataFile,
    StoredFile stored) {
  FileState {
    requireNonNull(startKey, "startKey is null");
    requireNonNull(endKey, "endKey is null");
    requireNonNull(dataFile, "dataFile is null");
    requireNonNull(stored, "stored is null");
  }

  /** The file without its place in the scan. */
  WrittenFile written() {
    return new WrittenFile(itemBytes, dataFile, stored);
  }

  /** Name of its entry in the journal: that of the file itself, which is unique. */
  String name() {
    return stored.key().substring(stored.key().lastIndexOf('/') + 1);
  }
}
