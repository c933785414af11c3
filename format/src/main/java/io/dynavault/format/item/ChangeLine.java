// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import org.jspecify.annotations.Nullable;

/**
 * Finds key and images in one line of an incremental export, <code>
 * {"Metadata":{…},"Keys":{…},"OldImage":{…},"NewImage":{…}}</code>, without decoding them (DynamoDB
 * Developer Guide, "DynamoDB table export output format"). One object per worker is used for line
 * after line.
 *
 * <p>Members come in any order; {@code Metadata} and unknown ones may be missing or there. The time
 * of the last write may be a number of DynamoDB JSON, as in AWS's files, a string, as in the guide,
 * or a number. Change files of a continuous backup say more in {@code Metadata}
 * (docs/format/continuous.md, "Change files").
 */
public final class ChangeLine {
  private final JsonCursor json = new JsonCursor();
  private final ItemScanner scanner = new ItemScanner(json);
  private final ChangeMetadata metadata = new ChangeMetadata(json);
  private @Nullable Slice keys;
  private @Nullable Slice oldImage;
  private @Nullable Slice newImage;

  /**
   * A part of the line that is an item in DynamoDB JSON.
   *
   * @param offset index in the array of its opening brace
   * @param length bytes of its text
   * @param size in bytes as DynamoDB counts it, see {@link ItemSize}
   */
  public record Slice(int offset, int length, int size) {}

  /**
   * Checks all of the line, the shape of the images included. The line end may be left out.
   *
   * @throws io.dynavault.format.FormatException if the line is anything else than one change; the
   *     byte offset in the message counts from {@code offset}
   */
  public void parse(byte[] line, int offset, int length) {
    json.reset(line, offset, length);
    metadata.reset(line);
    keys = null;
    oldImage = null;
    newImage = null;
    json.expect('{');
    if (!json.accept('}')) {
      do {
        member();
      } while (json.hasMore('}'));
    }
    json.expectEnd();
    if (keys == null) {
      throw json.failure("a change without the member Keys");
    }
  }

  private void member() {
    json.string();
    if (json.textIs("Keys")) {
      keys = item(keys);
    } else if (json.textIs("OldImage")) {
      oldImage = item(oldImage);
    } else if (json.textIs("NewImage")) {
      newImage = item(newImage);
    } else if (json.textIs("Metadata")) {
      json.expect(':');
      metadata.read();
    } else if (json.textIs("Item")) {
      throw json.failure("an item of a full export, not a change");
    } else {
      json.expect(':');
      json.skipValue();
    }
  }

  private Slice item(@Nullable Slice before) {
    if (before != null) {
      throw json.failure("a member of the change comes twice");
    }
    json.expect(':');
    json.peek();
    int from = json.position();
    int size = scanner.item();
    return new Slice(from, json.position() - from, size);
  }

  /** The key of the item that changed. */
  public Slice keys() {
    Slice found = keys;
    if (found == null) {
      throw new IllegalStateException("no line was parsed");
    }
    return found;
  }

  /** The item before the window; null if it did not exist then, or the view leaves it out. */
  public @Nullable Slice oldImage() {
    return oldImage;
  }

  /** The item at the end of the window; null if it was deleted. */
  public @Nullable Slice newImage() {
    return newImage;
  }

  /** When the item was last written, in epoch microseconds; -1 where the line does not say. */
  public long writeMicros() {
    return metadata.micros();
  }

  /** What the change did to the item; null where the line does not say. */
  public @Nullable ChangeKind eventName() {
    return metadata.kind();
  }

  /** Number of the record of the stream; null where the line does not say. */
  public @Nullable String sequenceNumber() {
    return metadata.sequenceNumber();
  }

  /** Whether the line has the number of the record of the stream. */
  public boolean hasSequenceNumber() {
    return metadata.hasSequenceNumber();
  }

  /** Whether DynamoDB removed the item because it had expired. */
  public boolean timeToLive() {
    return metadata.timeToLive();
  }
}
