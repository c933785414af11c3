// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.cost.TableVolume;
import java.util.OptionalLong;

/**
 * What is estimated.
 *
 * @param name in words
 * @param storedBytes compressed size of a backup, where it is known
 */
record CostSubject(String name, TableVolume volume, OptionalLong storedBytes) {
  /** DynamoDB JSON against sizes by DynamoDB's rules: type names, quotes and braces. */
  private static final double JSON_FACTOR = 1.7;

  /** Gzip on DynamoDB JSON, usually 4 to 6. */
  private static final double COMPRESSION = 5;

  CostSubject {
    requireNonNull(name, "name is null");
    requireNonNull(volume, "volume is null");
    requireNonNull(storedBytes, "storedBytes is null");
  }

  /** Size of the data files before compression, by experience. */
  long uncompressedBytes() {
    return (long) (volume.tableBytes() * JSON_FACTOR);
  }

  /** Size of a backup, known or by experience. */
  long backupBytes() {
    return storedBytes.orElse((long) (uncompressedBytes() / COMPRESSION));
  }
}
