// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares items as DynamoDB does: attributes and sets have no order, numbers are compared by
 * value, everything else is exact.
 */
public final class ItemComparison {
  private ItemComparison() {}

  /**
   * Whether both are the same item for DynamoDB.
   *
   * @throws io.dynavault.format.FormatException if an item has a number that DynamoDB cannot hold
   */
  public static boolean same(Item one, Item other) {
    return one.equals(other) || canonical(one).equals(canonical(other));
  }

  /**
   * Whether both are the same value for DynamoDB.
   *
   * @throws io.dynavault.format.FormatException if one has a number that DynamoDB cannot hold
   */
  public static boolean same(Value one, Value other) {
    return one.equals(other)
        || one.accept(Canonical.INSTANCE).equals(other.accept(Canonical.INSTANCE));
  }

  /**
   * The one form of all items that are the same: names and sets sorted by UTF-8 or bytes, numbers
   * in plain notation. Its DynamoDB JSON is fit for a digest.
   *
   * @throws io.dynavault.format.FormatException if the item has a number that DynamoDB cannot hold
   */
  public static Item canonical(Item item) {
    return new Item(sorted(item.attributes()));
  }

  private static Map<String, Value> sorted(Map<String, Value> entries) {
    Map<String, Value> byName = new TreeMap<>(ItemComparison::compareCodePoints);
    byName.putAll(entries);
    Map<String, Value> sorted = new LinkedHashMap<>();
    byName.forEach((name, value) -> sorted.put(name, value.accept(Canonical.INSTANCE)));
    return sorted;
  }

  /** The order of UTF-8. That of UTF-16 differs where one side is half of a surrogate pair. */
  private static int compareCodePoints(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean astral = Character.isSurrogate(x);
        return astral == Character.isSurrogate(y) ? Character.compare(x, y) : astral ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static final class Canonical implements ValueVisitor<Value> {
    private static final Canonical INSTANCE = new Canonical();

    private static final Comparator<Value.B> BY_BYTES =
        (a, b) -> Arrays.compareUnsigned(a.value(), b.value());

    @Override
    public Value visit(Value.S string) {
      return string;
    }

    @Override
    public Value visit(Value.N number) {
      return new Value.N(DecimalScanner.canonical(number.value()));
    }

    @Override
    public Value visit(Value.B binary) {
      return binary;
    }

    @Override
    public Value visit(Value.BOOL bool) {
      return bool;
    }

    @Override
    public Value visit(Value.NULL nothing) {
      return nothing;
    }

    @Override
    public Value visit(Value.L list) {
      return new Value.L(list.values().stream().map(value -> value.accept(this)).toList());
    }

    @Override
    public Value visit(Value.M map) {
      return new Value.M(sorted(map.entries()));
    }

    @Override
    public Value visit(Value.SS strings) {
      return new Value.SS(
          strings.values().stream().sorted(ItemComparison::compareCodePoints).toList());
    }

    @Override
    public Value visit(Value.NS numbers) {
      return new Value.NS(
          numbers.values().stream().map(DecimalScanner::canonical).sorted().toList());
    }

    @Override
    public Value visit(Value.BS binaries) {
      return new Value.BS(binaries.values().stream().sorted(BY_BYTES).toList());
    }
  }
}
