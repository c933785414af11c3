// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A shard as a stream lists it.
 *
 * @param parent the shard that comes before this one; the stream need not list it any more
 * @param firstSequenceNumber no record has a smaller one
 * @param lastSequenceNumber no record has a larger one; present when the shard is closed
 */
public record Shard(
    String id,
    Optional<String> parent,
    String firstSequenceNumber,
    Optional<String> lastSequenceNumber) {
  public Shard {
    requireNonNull(id, "id is null");
    requireNonNull(parent, "parent is null");
    requireNonNull(firstSequenceNumber, "firstSequenceNumber is null");
    requireNonNull(lastSequenceNumber, "lastSequenceNumber is null");
  }

  /** Whether no record will be added to it. */
  public boolean isClosed() {
    return lastSequenceNumber.isPresent();
  }
}
