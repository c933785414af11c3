// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.item.Value;
import io.dynavault.format.item.ValueVisitor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.crypto.Mac;

/**
 * Replaces values by keyed hashes (HMAC-SHA256) of the same type: 32 hexadecimal digits of a
 * string, 16 bytes of a binary, an integer below 2^120 (at most 37 digits) of a number. Numbers
 * hash by value, not by notation. Elements of sets and everything in lists and maps hash each on
 * its own. Booleans and nulls stay: a hash would not hide one of two values.
 */
final class ValueHash implements ValueVisitor<Value> {
  private static final int HASH_BYTES = 16;
  private static final int NUMBER_BYTES = 15;

  private final MaskingSalt salt;

  ValueHash(MaskingSalt salt) {
    this.salt = salt;
  }

  @Override
  public Value visit(Value.S string) {
    return new Value.S(string(string.value()));
  }

  @Override
  public Value visit(Value.N number) {
    return new Value.N(number(number.value()));
  }

  @Override
  public Value visit(Value.B binary) {
    return binary(binary);
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
    return new Value.L(list.values().stream().map(this::hash).toList());
  }

  @Override
  public Value visit(Value.M map) {
    Map<String, Value> hashed = new LinkedHashMap<>();
    map.entries().forEach((name, value) -> hashed.put(name, hash(value)));
    return new Value.M(hashed);
  }

  @Override
  public Value visit(Value.SS strings) {
    return new Value.SS(set(strings.values(), this::string, Function.identity()));
  }

  @Override
  public Value visit(Value.NS numbers) {
    return new Value.NS(set(numbers.values(), this::number, Function.identity()));
  }

  @Override
  public Value visit(Value.BS binaries) {
    return new Value.BS(set(binaries.values(), this::binary, Value.B::toString));
  }

  private Value hash(Value value) {
    return value.accept(this);
  }

  /** The hashed elements, in an order that tells nothing about the order before. */
  private static <T> List<T> set(List<T> elements, Function<T, T> hash, Function<T, String> order) {
    Map<String, T> sorted = new TreeMap<>();
    for (T element : elements) {
      T hashed = hash.apply(element);
      sorted.put(order.apply(hashed), hashed);
    }
    return List.copyOf(sorted.values());
  }

  private String string(String value) {
    return HexFormat.of().formatHex(hmac('S', value.getBytes(UTF_8)), 0, HASH_BYTES);
  }

  private String number(String value) {
    String canonical = new BigDecimal(value).stripTrailingZeros().toPlainString();
    return new BigInteger(1, hmac('N', canonical.getBytes(UTF_8)), 0, NUMBER_BYTES).toString();
  }

  private Value.B binary(Value.B value) {
    return new Value.B(Arrays.copyOf(hmac('B', value.value()), HASH_BYTES));
  }

  /** The type is part of what is hashed, so that a string and its bytes have nothing in common. */
  private byte[] hmac(char type, byte[] value) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(salt.key());
      mac.update((byte) type);
      return mac.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }
}
