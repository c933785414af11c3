// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Changes as records that are sorted by time and then by sequence number, which for one key is the
 * order in which they were made.
 */
final class ChangeOrder {
  private static final List<ChangeEvent> EVENTS = List.of(ChangeEvent.values());

  private static final int ABSENT = -1;

  private ChangeOrder() {}

  /** Numbers of several lengths sort by value if the length comes first. */
  static byte[] key(long micros, String sequenceNumber) {
    byte[] digits = sequenceNumber.getBytes(US_ASCII);
    return ByteBuffer.allocate(Long.BYTES + Short.BYTES + digits.length)
        .putLong(micros)
        .putShort((short) digits.length)
        .put(digits)
        .array();
  }

  /** What is kept of a change beside its time and number; images are DynamoDB JSON. */
  static byte[] value(
      ChangeEvent event,
      ByteBuffer keys,
      Optional<ByteBuffer> oldImage,
      Optional<ByteBuffer> newImage) {
    int size =
        1
            + 3 * Integer.BYTES
            + keys.remaining()
            + oldImage.map(ByteBuffer::remaining).orElse(0)
            + newImage.map(ByteBuffer::remaining).orElse(0);
    ByteBuffer value = ByteBuffer.allocate(size).put((byte) EVENTS.indexOf(event));
    put(value, Optional.of(keys));
    put(value, oldImage);
    put(value, newImage);
    return value.array();
  }

  private static void put(ByteBuffer value, Optional<ByteBuffer> json) {
    value.putInt(json.map(ByteBuffer::remaining).orElse(ABSENT));
    json.ifPresent(bytes -> value.put(bytes.duplicate()));
  }

  static RecordedChange change(byte[] key, byte[] value) {
    ByteBuffer order = ByteBuffer.wrap(key);
    Instant time = Instant.EPOCH.plus(order.getLong(), ChronoUnit.MICROS);
    byte[] digits = new byte[order.getShort()];
    order.get(digits);
    ByteBuffer rest = ByteBuffer.wrap(value);
    ChangeEvent event = EVENTS.get(rest.get());
    Item keys = item(rest).orElseThrow();
    return new RecordedChange(
        time, new String(digits, US_ASCII), event, keys, item(rest), item(rest));
  }

  private static Optional<Item> item(ByteBuffer value) {
    int length = value.getInt();
    if (length == ABSENT) {
      return Optional.empty();
    }
    byte[] json = new byte[length];
    value.get(json);
    return Optional.of(DynamoDbJson.decode(json));
  }
}
