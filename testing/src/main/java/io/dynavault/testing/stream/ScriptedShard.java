// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.stream;

import io.dynavault.core.stream.Shard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shard of a scripted stream: the records of the keys whose hashes lie in its range. */
final class ScriptedShard {
  /** Hashes of keys are below this. */
  static final int HASHES = 1 << 16;

  final String id;
  final @Nullable String parent;
  final int fromHash;
  final int toHash;
  final List<String> records = new ArrayList<>();
  final List<String> sequenceNumbers = new ArrayList<>();
  final String firstSequenceNumber;

  /** How many records, the oldest, are not there any more. */
  int trimmed;

  boolean closed;

  /** Pages that could have had records. */
  int pagesGiven;

  /** When descriptions begin to list it. */
  Instant hiddenUntil = Instant.MIN;

  boolean forgotten;

  ScriptedShard(
      String id, @Nullable String parent, int fromHash, int toHash, String firstSequenceNumber) {
    this.id = id;
    this.parent = parent;
    this.fromHash = fromHash;
    this.toHash = toHash;
    this.firstSequenceNumber = firstSequenceNumber;
  }

  boolean isFor(int hash) {
    return !closed && hash >= fromHash && hash < toHash;
  }

  Shard listed() {
    Optional<String> last =
        !closed
            ? Optional.empty()
            : Optional.of(
                sequenceNumbers.isEmpty()
                    ? firstSequenceNumber
                    : sequenceNumbers.get(sequenceNumbers.size() - 1));
    return new Shard(id, Optional.ofNullable(parent), firstSequenceNumber, last);
  }
}
