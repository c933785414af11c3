// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done with values of any type. */
final class HclValues {
  private HclValues() {}

  static boolean isTrue(@Nullable Object value) {
    if (value instanceof Boolean decided) {
      return decided;
    }
    throw new IllegalArgumentException("no boolean: " + value);
  }

  static BigDecimal number(@Nullable Object value) {
    return new BigDecimal(string(value));
  }

  static String string(@Nullable Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new IllegalArgumentException("no string: " + value);
  }

  static List<?> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("no list: " + value);
  }

  static @Nullable Object attribute(@Nullable Object value, String name) {
    if (value instanceof HclScope.Lazy lazy) {
      return lazy.attribute(name);
    }
    return element(value, name);
  }

  static @Nullable Object element(@Nullable Object value, @Nullable Object index) {
    if (value instanceof HclScope.Lazy lazy) {
      return lazy.attribute(string(index));
    }
    if (value instanceof Map<?, ?> map) {
      if (!map.containsKey(index)) {
        throw new IllegalArgumentException("no " + index + " in " + map.keySet());
      }
      return map.get(index);
    }
    return list(value).get(number(index).intValueExact());
  }

  /** Keys and values of a map; each element of a set of strings or a list, under its index. */
  static List<Map.Entry<Object, @Nullable Object>> entries(@Nullable Object value) {
    List<Map.Entry<Object, @Nullable Object>> entries = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> entries.add(new SimpleImmutableEntry<>(key, element)));
    } else {
      for (Object element : list(value)) {
        entries.add(
            new SimpleImmutableEntry<>(
                BigDecimal.valueOf(entries.size()), requireNonNull(element)));
      }
    }
    return entries;
  }
}
