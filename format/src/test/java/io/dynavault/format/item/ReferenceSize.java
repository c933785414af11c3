// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;

/** The size of an item computed from its values, as the developer guide tells it. */
final class ReferenceSize implements ValueVisitor<Integer> {
  static int of(Item item) {
    return of(item.attributes(), 0);
  }

  private static int of(Map<String, Value> entries, int each) {
    int size = 0;
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      size += entry.getKey().getBytes(UTF_8).length + each;
      size += entry.getValue().accept(new ReferenceSize());
    }
    return size;
  }

  private static int number(String text) {
    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
    int digits = number.signum() == 0 ? 0 : number.precision();
    return (int) Math.ceil(digits / 2.0) + 1 + (number.signum() < 0 ? 1 : 0);
  }

  private int sum(Collection<? extends Value> values) {
    return values.stream().mapToInt(value -> value.accept(this)).sum();
  }

  @Override
  public Integer visit(Value.S string) {
    return string.value().getBytes(UTF_8).length;
  }

  @Override
  public Integer visit(Value.N number) {
    return number(number.value());
  }

  @Override
  public Integer visit(Value.B binary) {
    return binary.value().length;
  }

  @Override
  public Integer visit(Value.BOOL bool) {
    return 1;
  }

  @Override
  public Integer visit(Value.NULL nothing) {
    return 1;
  }

  @Override
  public Integer visit(Value.L list) {
    return 3 + list.values().size() + sum(list.values());
  }

  @Override
  public Integer visit(Value.M map) {
    return 3 + of(map.entries(), 1);
  }

  @Override
  public Integer visit(Value.SS strings) {
    return sum(strings.values().stream().map(Value.S::new).toList());
  }

  @Override
  public Integer visit(Value.NS numbers) {
    return sum(numbers.values().stream().map(Value.N::new).toList());
  }

  @Override
  public Integer visit(Value.BS binaries) {
    return sum(binaries.values());
  }
}
