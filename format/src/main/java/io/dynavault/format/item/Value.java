// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoded attribute value: one of DynamoDB's ten types. Equality is of what is written: numbers
 * by their text, sets by their order. {@link ItemComparison} compares as DynamoDB does.
 */
public sealed interface Value {

  /** The type's descriptor as on the wire, such as {@code "S"}. */
  default String type() {
    return getClass().getSimpleName();
  }

  /** Calls the visitor's case for this type. */
  <R> R accept(ValueVisitor<R> visitor);

  /** A string; may be empty outside keys. */
  record S(String value) implements Value {
    public S {
      requireNonNull(value, "value is null");
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A number in the text that DynamoDB returned, up to 38 significant digits. */
  record N(String value) implements Value {
    public N {
      requireNonNull(value, "value is null");
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Raw bytes (not Base64). The array is not copied: treat it as immutable. */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record B(byte[] value) implements Value {
    public B {
      requireNonNull(value, "value is null");
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof B that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "B[" + Base64.getEncoder().encodeToString(value) + "]";
    }
  }

  /** A boolean. */
  record BOOL(boolean value) implements Value {
    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The null value. */
  record NULL() implements Value {
    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A list of values of any types. */
  record L(List<Value> values) implements Value {
    public L {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A map; keeps the order of its entries. */
  record M(Map<String, Value> entries) implements Value {
    public M {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A set of strings, in the order read. */
  record SS(List<String> values) implements Value {
    public SS {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A set of numbers, in the order and text read. */
  record NS(List<String> values) implements Value {
    public NS {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A set of binaries, in the order read. */
  record BS(List<B> values) implements Value {
    public BS {
      values = List.copyOf(values);
    }

    @Override
    public <R> R accept(ValueVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
