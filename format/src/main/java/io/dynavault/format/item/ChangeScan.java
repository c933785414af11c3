// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dynavault.format.item.ChangeLine.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Finds in one line of a change file what the change is and its key, and then one of its images, if
 * it is asked for, in little time: an image that is not handed out is not checked. A line whose
 * members do not come as docs/format/continuous.md says is read by {@link ChangeLine}, which checks
 * all of it. Reusable, for one thread.
 */
public final class ChangeScan {
  private static final byte[] METADATA = "{\"Metadata\":".getBytes(US_ASCII);
  private static final byte[] KEYS = ",\"Keys\":".getBytes(US_ASCII);
  private static final byte[] OLD_IMAGE = ",\"OldImage\":".getBytes(US_ASCII);
  private static final byte[] NEW_IMAGE = ",\"NewImage\":".getBytes(US_ASCII);

  private final JsonCursor json = new JsonCursor();
  private final ItemScanner scanner = new ItemScanner(json);
  private final ChangeMetadata metadata = new ChangeMetadata(json);
  private final ChangeLine whole = new ChangeLine();
  private byte[] line = {};
  private int start;
  private int end;
  private Slice keys = new Slice(0, 0, 0);
  private int behindKeys;
  private boolean isWhole;

  /**
   * Reads what stands before the images.
   *
   * @throws io.dynavault.format.FormatException if that is malformed, or no line of this kind
   */
  public void read(byte[] bytes, int offset, int length) {
    line = bytes;
    start = offset;
    end = offset + length;
    isWhole = false;
    json.reset(bytes, offset, length);
    if (!json.acceptBytes(METADATA)) {
      readWhole();
      return;
    }
    metadata.reset(bytes);
    metadata.read();
    if (json.acceptBytes(KEYS)) {
      keys = item();
      behindKeys = json.position();
    } else {
      readWhole();
    }
  }

  private void readWhole() {
    whole.parse(line, start, end - start);
    isWhole = true;
  }

  private Slice item() {
    int from = json.position();
    int size = scanner.item();
    return new Slice(from, json.position() - from, size);
  }

  /** The key of the item that changed. */
  public Slice keys() {
    return isWhole ? whole.keys() : keys;
  }

  /** The item before the change; null if there was none. The new image is not looked at. */
  public @Nullable Slice oldImage() {
    if (!isWhole) {
      json.moveTo(behindKeys);
      if (json.acceptBytes(OLD_IMAGE)) {
        return item();
      }
      readWhole();
    }
    return whole.oldImage();
  }

  /** The item after the change; null if it was removed. The old image is only passed over. */
  public @Nullable Slice newImage() {
    if (!isWhole) {
      json.moveTo(behindKeys);
      if (json.acceptBytes(OLD_IMAGE)) {
        json.passObject();
      }
      Slice image = json.acceptBytes(NEW_IMAGE) ? item() : null;
      if (json.isLast('}')) {
        return image;
      }
      readWhole();
    }
    return whole.newImage();
  }

  /** When the change was made, in epoch microseconds; -1 where the line does not say. */
  public long micros() {
    return isWhole ? whole.writeMicros() : metadata.micros();
  }

  /** What the change did to the item; null where the line does not say. */
  public @Nullable ChangeKind kind() {
    return isWhole ? whole.eventName() : metadata.kind();
  }

  /** Whether the line has the number of the record of the stream. */
  public boolean hasSequenceNumber() {
    return isWhole ? whole.hasSequenceNumber() : metadata.hasSequenceNumber();
  }
}
