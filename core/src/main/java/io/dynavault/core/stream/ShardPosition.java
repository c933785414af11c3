// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How far a shard of a stream was read.
 *
 * @param sequenceNumber of the last record that was read, for {@link Kind#AFTER}
 * @param parent the shard that comes before this one, where it is known
 */
public record ShardPosition(Kind kind, Optional<String> sequenceNumber, Optional<String> parent) {

  /** What a position says. */
  public enum Kind {
    /** Read up to and with a record. */
    AFTER,
    /** Nothing was read, and all that the shard has is to be read. */
    TRIM_HORIZON,
    /** The shard is closed and was read to its end. */
    CLOSED
  }

  public ShardPosition {
    requireNonNull(kind, "kind is null");
    requireNonNull(sequenceNumber, "sequenceNumber is null");
    requireNonNull(parent, "parent is null");
    if (sequenceNumber.isPresent() != (kind == Kind.AFTER)) {
      throw new IllegalArgumentException("a sequence number belongs to AFTER, and only there");
    }
  }

  /** Read up to and with this record. */
  public static ShardPosition after(String sequenceNumber, Optional<String> parent) {
    return new ShardPosition(Kind.AFTER, Optional.of(sequenceNumber), parent);
  }

  /** All that the shard has is to be read. */
  public static ShardPosition trimHorizon(Optional<String> parent) {
    return new ShardPosition(Kind.TRIM_HORIZON, Optional.empty(), parent);
  }

  /** Read to its end. */
  public static ShardPosition closed(Optional<String> parent) {
    return new ShardPosition(Kind.CLOSED, Optional.empty(), parent);
  }
}
