// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.Value;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;

/**
 * Writes keys as bytes whose unsigned order is that of the keys: by partition key, then by sort
 * key, each as DynamoDB sorts: strings by UTF-8, numbers by value, binaries by bytes. Keys that
 * differ have other bytes, and no key's bytes begin those of another.
 */
final class KeyOrder {
  private static final int NEGATIVE = 1;
  private static final int ZERO = 2;
  private static final int POSITIVE = 3;

  /** More than any exponent of DynamoDB's numbers. */
  private static final int EXPONENT_BIAS = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private KeyOrder() {}

  /** The bytes of a key that a {@link io.dynavault.format.item.KeyReader} made. */
  static byte[] bytes(ItemKey key) {
    KeyOrder order = new KeyOrder();
    order.value(key.partition());
    key.sort().ifPresent(order::value);
    return order.bytes.toByteArray();
  }

  private void value(Value value) {
    if (value instanceof Value.S string) {
      terminated(string.value().getBytes(UTF_8));
    } else if (value instanceof Value.B binary) {
      terminated(binary.value());
    } else if (value instanceof Value.N number) {
      number(new BigDecimal(number.value()).stripTrailingZeros());
    } else {
      throw new IllegalArgumentException("not a type of keys: " + value.type());
    }
  }

  /** Ends with two zeros; a zero inside is followed by 255. */
  private void terminated(byte[] content) {
    for (byte b : content) {
      bytes.write(b);
      if (b == 0) {
        bytes.write(0xFF);
      }
    }
    bytes.write(0);
    bytes.write(0);
  }

  /** Sign, exponent and digits; of a negative number exponent and digits are turned round. */
  private void number(BigDecimal number) {
    if (number.signum() == 0) {
      bytes.write(ZERO);
      return;
    }
    boolean negative = number.signum() < 0;
    int flip = negative ? 0xFF : 0;
    int exponent = number.precision() - number.scale() + EXPONENT_BIAS;
    bytes.write(negative ? NEGATIVE : POSITIVE);
    bytes.write((exponent >>> 8) ^ flip);
    bytes.write((exponent & 0xFF) ^ flip);
    for (byte digit : number.unscaledValue().abs().toString().getBytes(UTF_8)) {
      bytes.write(digit ^ flip);
    }
    bytes.write(flip);
  }
}
