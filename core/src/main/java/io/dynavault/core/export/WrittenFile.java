// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.DataFile;

/**
 * A data file that is stored whole.
 *
 * @param itemBytes size of its items by DynamoDB's rules
 * @param dataFile as the manifest lists it
 * @param stored as the record lists it
 */
public record WrittenFile(long itemBytes, DataFile dataFile, StoredFile stored) {
  public WrittenFile {
    requireNonNull(dataFile, "dataFile is null");
    requireNonNull(stored, "stored is null");
  }
}
