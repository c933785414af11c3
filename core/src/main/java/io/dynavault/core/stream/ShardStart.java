// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where in a shard reading begins.
 *
 * @param sequenceNumber of the record at which it does, for {@link Kind#AT}
 */
public record ShardStart(Kind kind, Optional<String> sequenceNumber) {

  /** Kinds of places. */
  public enum Kind {
    /** With a record. */
    AT("AT_SEQUENCE_NUMBER"),
    /** With the oldest record that there still is. */
    TRIM_HORIZON("TRIM_HORIZON"),
    /** Behind the newest record. */
    LATEST("LATEST");

    private final String iteratorType;

    Kind(String iteratorType) {
      this.iteratorType = iteratorType;
    }

    /** The name in GetShardIterator. */
    public String iteratorType() {
      return iteratorType;
    }
  }

  public ShardStart {
    requireNonNull(kind, "kind is null");
    requireNonNull(sequenceNumber, "sequenceNumber is null");
    if (sequenceNumber.isPresent() != (kind == Kind.AT)) {
      throw new IllegalArgumentException("a sequence number belongs to AT, and only there");
    }
  }

  static ShardStart at(String sequenceNumber) {
    return new ShardStart(Kind.AT, Optional.of(sequenceNumber));
  }

  static ShardStart of(Kind kind) {
    return new ShardStart(kind, Optional.empty());
  }
}
