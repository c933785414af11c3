// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a document says of a setting that other documents or people may care for: nothing, that
 * there shall be none, or what it shall be.
 */
public record Wanted<T>(Kind kind, Optional<T> value) {

  /** What is said. */
  public enum Kind {
    /** Nothing is said: it stays as it is. */
    AS_IT_IS,
    /** There shall be none. */
    NONE,
    /** It shall be the value. */
    VALUE
  }

  public Wanted {
    requireNonNull(kind, "kind is null");
    if (value.isPresent() != (kind == Kind.VALUE)) {
      throw new IllegalArgumentException("a value belongs to VALUE only");
    }
  }

  public static <T> Wanted<T> asItIs() {
    return new Wanted<>(Kind.AS_IT_IS, Optional.empty());
  }

  public static <T> Wanted<T> none() {
    return new Wanted<>(Kind.NONE, Optional.empty());
  }

  public static <T> Wanted<T> of(T value) {
    return new Wanted<>(Kind.VALUE, Optional.of(value));
  }

  /** What is in the account: a value or none. */
  public static <T> Wanted<T> found(Optional<T> value) {
    return value.map(Wanted::of).orElseGet(Wanted::none);
  }
}
