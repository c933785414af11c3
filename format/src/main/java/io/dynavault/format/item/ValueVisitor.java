// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

/**
 * One case for each of the ten types of {@link Value}.
 *
 * @param <R> what the cases return
 */
public interface ValueVisitor<R> {
  R visit(Value.S string);

  R visit(Value.N number);

  R visit(Value.B binary);

  R visit(Value.BOOL bool);

  R visit(Value.NULL nothing);

  R visit(Value.L list);

  R visit(Value.M map);

  R visit(Value.SS strings);

  R visit(Value.NS numbers);

  R visit(Value.BS binaries);
}
