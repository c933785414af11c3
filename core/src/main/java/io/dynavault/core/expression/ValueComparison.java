// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.format.item.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares values as DynamoDB's expressions do. Values of different types are never equal and have
 * no order; numbers compare by value at every depth, sets without regard to order.
 */
final class ValueComparison {
  private ValueComparison() {}

  static boolean equal(Value a, Value b) {
    if (a instanceof Value.N x && b instanceof Value.N y) {
      return equalNumbers(x.value(), y.value());
    }
    if (a instanceof Value.L x && b instanceof Value.L y) {
      return equalLists(x.values(), y.values());
    }
    if (a instanceof Value.M x && b instanceof Value.M y) {
      return equalMaps(x.entries(), y.entries());
    }
    if (a instanceof Value.SS x && b instanceof Value.SS y) {
      return equalSets(x.values(), y.values(), Function.identity());
    }
    if (a instanceof Value.NS x && b instanceof Value.NS y) {
      return equalSets(x.values(), y.values(), ValueComparison::canonical);
    }
    if (a instanceof Value.BS x && b instanceof Value.BS y) {
      return equalSets(x.values(), y.values(), Function.identity());
    }
    return a.equals(b);
  }

  /**
   * The order of two strings (by their UTF-8 bytes), numbers or binaries (bytes unsigned); empty if
   * the values have no order.
   */
  static OptionalInt compare(Value a, Value b) {
    if (a instanceof Value.S x && b instanceof Value.S y) {
      return OptionalInt.of(compareStrings(x.value(), y.value()));
    }
    if (a instanceof Value.N x && b instanceof Value.N y) {
      return OptionalInt.of(new BigDecimal(x.value()).compareTo(new BigDecimal(y.value())));
    }
    if (a instanceof Value.B x && b instanceof Value.B y) {
      return OptionalInt.of(Arrays.compareUnsigned(x.value(), y.value()));
    }
    return OptionalInt.empty();
  }

  static boolean startsWith(Value value, Value prefix) {
    if (value instanceof Value.S x && prefix instanceof Value.S y) {
      return x.value().startsWith(y.value());
    }
    if (value instanceof Value.B x && prefix instanceof Value.B y) {
      return startsWith(x.value(), y.value(), 0);
    }
    return false;
  }

  /** Whether a string or binary has this part, a set or list this element. */
  static boolean contains(Value value, Value part) {
    if (value instanceof Value.L list) {
      return list.values().stream().anyMatch(element -> equal(element, part));
    }
    if (part instanceof Value.S string) {
      return (value instanceof Value.S text && text.value().contains(string.value()))
          || (value instanceof Value.SS set && set.values().contains(string.value()));
    }
    if (part instanceof Value.B binary) {
      return (value instanceof Value.B bytes && contains(bytes.value(), binary.value()))
          || (value instanceof Value.BS set && set.values().contains(binary));
    }
    return part instanceof Value.N number
        && value instanceof Value.NS set
        && set.values().stream().anyMatch(element -> equalNumbers(element, number.value()));
  }

  private static boolean equalNumbers(String a, String b) {
    return a.equals(b) || new BigDecimal(a).compareTo(new BigDecimal(b)) == 0;
  }

  private static boolean equalLists(List<Value> a, List<Value> b) {
    Iterator<Value> others = b.iterator();
    return a.size() == b.size() && a.stream().allMatch(value -> equal(value, others.next()));
  }

  private static boolean equalMaps(Map<String, Value> a, Map<String, Value> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, Value> entry : a.entrySet()) {
      Value other = b.get(entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static <T> boolean equalSets(List<T> a, List<T> b, Function<? super T, ?> identity) {
    if (a.size() != b.size()) {
      return false;
    }
    Set<Object> elements = new HashSet<>();
    a.forEach(element -> elements.add(identity.apply(element)));
    return b.stream().allMatch(element -> elements.contains(identity.apply(element)));
  }

  private static Object canonical(String number) {
    return new BigDecimal(number).stripTrailingZeros();
  }

  /** UTF-8 bytes sort as code points do; UTF-16 units do, but for surrogates. */
  private static int compareStrings(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
        return sameKind ? Character.compare(x, y) : (Character.isSurrogate(x) ? 1 : -1);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    for (int from = 0; from <= bytes.length - part.length; from++) {
      if (startsWith(bytes, part, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix, int from) {
    int to = from + prefix.length;
    return to <= bytes.length && Arrays.equals(bytes, from, to, prefix, 0, prefix.length);
  }
}
