// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Item;
import io.dynavault.format.item.Value;
import java.util.Optional;

/** A part of an expression that has a value for an item, or none. */
sealed interface Operand extends Node {

  /** The operand's value for the item; empty if the item lacks it. */
  Optional<Value> in(Item item);

  /** The type descriptor of the value where the expression alone determines it. */
  default Optional<String> knownType() {
    return Optional.empty();
  }

  /** What the item has at a document path. */
  record Path(DocumentPath path) implements Operand {
    @Override
    public Optional<Value> in(Item item) {
      return path.in(item);
    }
  }

  /** What a value placeholder stands for. */
  record Constant(Value value) implements Operand {
    @Override
    public Optional<Value> in(Item item) {
      return Optional.of(value);
    }

    @Override
    public Optional<String> knownType() {
      return Optional.of(value.type());
    }
  }

  /** The function {@code size}: none for the types that have no size. */
  record Size(Operand operand) implements Operand {
    @Override
    public Optional<Value> in(Item item) {
      return operand.in(item).flatMap(value -> value.accept(ValueSize.INSTANCE));
    }

    @Override
    public Optional<String> knownType() {
      return Optional.of("N");
    }
  }
}
