// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Value;
import io.dynavault.format.item.ValueVisitor;
import java.util.Optional;

/**
 * The size of a value as the function {@code size} has it: UTF-16 units of a string, bytes of a
 * binary, elements of the others.
 */
enum ValueSize implements ValueVisitor<Optional<Value>> {
  INSTANCE;

  @Override
  public Optional<Value> visit(Value.S string) {
    return number(string.value().length());
  }

  @Override
  public Optional<Value> visit(Value.N number) {
    return Optional.empty();
  }

  @Override
  public Optional<Value> visit(Value.B binary) {
    return number(binary.value().length);
  }

  @Override
  public Optional<Value> visit(Value.BOOL bool) {
    return Optional.empty();
  }

  @Override
  public Optional<Value> visit(Value.NULL nothing) {
    return Optional.empty();
  }

  @Override
  public Optional<Value> visit(Value.L list) {
    return number(list.values().size());
  }

  @Override
  public Optional<Value> visit(Value.M map) {
    return number(map.entries().size());
  }

  @Override
  public Optional<Value> visit(Value.SS strings) {
    return number(strings.values().size());
  }

  @Override
  public Optional<Value> visit(Value.NS numbers) {
    return number(numbers.values().size());
  }

  @Override
  public Optional<Value> visit(Value.BS binaries) {
    return number(binaries.values().size());
  }

  private static Optional<Value> number(int size) {
    return Optional.of(new Value.N(Integer.toString(size)));
  }
}
