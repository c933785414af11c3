// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.benchmark.data.ItemGenerator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One shard: its items are changed one after the other, again and again, and every change raises a
 * counter that they have. Read by one thread at a time.
 */
final class GeneratedShard {
  /** An answer of GetRecords has no more (DynamoDB Streams API reference, "GetRecords"). */
  private static final int PAGE_RECORDS = 1000;

  private static final int PAGE_BYTES = 1 << 20;

  private static final byte[] BEGIN =
      """
      {"eventID":"0123456789abcdef0123456789abcdef","eventName":"MODIFY","eventVersion":"1.1",\
      "eventSource":"aws:dynamodb","awsRegion":"us-east-1","dynamodb":\
      {"ApproximateCreationDateTime":\
      """
          .getBytes(UTF_8);
  private static final byte[] KEYS = ",\"Keys\":".getBytes(UTF_8);
  private static final byte[] NEW_IMAGE = ",\"NewImage\":".getBytes(UTF_8);
  private static final byte[] OLD_IMAGE = ",\"OldImage\":".getBytes(UTF_8);
  private static final byte[] SEQUENCE = ",\"SequenceNumber\":\"".getBytes(UTF_8);
  private static final byte[] END =
      "\",\"SizeBytes\":1600,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}".getBytes(UTF_8);

  private final String id;
  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> items = new ArrayList<>();
  private final ByteArrayOutputStream page = new ByteArrayOutputStream(PAGE_BYTES + 4096);
  private final AtomicLong written = new AtomicLong();

  GeneratedShard(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  void addItem(ItemGenerator generator, int number) {
    keys.add(generator.key(number));
    items.add(generator.item(number));
  }

  /** How many changes it has so far. */
  long written() {
    return written.get();
  }

  void write(long changes) {
    written.addAndGet(changes);
  }

  /** The sequence number of a change. */
  static String sequenceNumber(long change) {
    return "1%020d".formatted(change);
  }

  /** The change of a sequence number. */
  static long change(String sequenceNumber) {
    return Long.parseLong(sequenceNumber.substring(1));
  }

  /**
   * The answer to GetRecords.
   *
   * @param from number of the first change
   * @param time of all changes, in seconds
   */
  byte[] page(long from, long time) {
    byte[] timeText = Long.toString(time).getBytes(UTF_8);
    page.reset();
    page.writeBytes("{\"Records\":[".getBytes(UTF_8));
    long end = written.get();
    long change = from;
    while (change < end && change - from < PAGE_RECORDS && page.size() < PAGE_BYTES) {
      if (change > from) {
        page.write(',');
      }
      record(change, timeText);
      change++;
    }
    page.writeBytes("],\"NextShardIterator\":\"%s:%d\"}".formatted(id, change).getBytes(UTF_8));
    return page.toByteArray();
  }

  private void record(long change, byte[] time) {
    int item = (int) (change % items.size());
    long version = change / items.size();
    page.writeBytes(BEGIN);
    page.writeBytes(time);
    page.writeBytes(KEYS);
    page.writeBytes(keys.get(item));
    page.writeBytes(NEW_IMAGE);
    image(item, version + 1);
    page.writeBytes(OLD_IMAGE);
    image(item, version);
    page.writeBytes(SEQUENCE);
    page.writeBytes(sequenceNumber(change).getBytes(UTF_8));
    page.writeBytes(END);
  }

  private void image(int item, long version) {
    byte[] json = items.get(item);
    if (version == 0) {
      page.writeBytes(json);
      return;
    }
    page.write(json, 0, json.length - 1);
    page.writeBytes(",\"changed\":{\"N\":\"%d\"}}".formatted(version).getBytes(UTF_8));
  }
}
