// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import io.dynavault.format.item.Value;
import java.util.Optional;

/** What a rule does to the values at its path. */
sealed interface MaskAction {

  /** The value to have instead; empty for none. */
  Optional<Value> apply(Value value);

  /** The action's name in rules. */
  String label();

  /** Whether items keep a key that tells them apart when it is done to a key attribute. */
  default boolean keepsKeysApart() {
    return false;
  }

  /** Takes the value away. */
  record Drop() implements MaskAction {
    @Override
    public Optional<Value> apply(Value value) {
      return Optional.empty();
    }

    @Override
    public String label() {
      return "drop";
    }
  }

  /** Hashes the value. */
  record Hash(ValueHash hash) implements MaskAction {
    @Override
    public Optional<Value> apply(Value value) {
      return Optional.of(value.accept(hash));
    }

    @Override
    public String label() {
      return "hash";
    }

    @Override
    public boolean keepsKeysApart() {
      return true;
    }
  }

  /** Puts a fixed value in its place. */
  record Replace(Value replacement) implements MaskAction {
    @Override
    public Optional<Value> apply(Value value) {
      return Optional.of(replacement);
    }

    @Override
    public String label() {
      return "replace";
    }
  }
}
