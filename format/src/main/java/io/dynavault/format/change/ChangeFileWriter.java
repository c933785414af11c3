// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.item.ChangeKind;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.JsonBuffer;
import io.dynavault.format.item.StreamPage;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one change file of a continuous backup (docs/format/continuous.md, "Change files"):
 * records of a stream, one a line, whose keys and images are copied and never decoded. Not safe for
 * several threads.
 *
 * <p>The file is whole when {@link #finish} has returned. The sink stays open: it is the caller's
 * to commit or discard. {@link IOException} comes from the sink only.
 */
public final class ChangeFileWriter implements AutoCloseable {
  private final DataFileWriter lines;
  private final TallyCounter counter = new TallyCounter();
  private final JsonBuffer line = new JsonBuffer(16 * 1024);

  private ChangeFileWriter(DataFileWriter lines) {
    this.lines = lines;
  }

  /** A writer of gzip at its fastest. */
  public static ChangeFileWriter open(OutputStream sink) throws IOException {
    return new ChangeFileWriter(DataFileWriter.open(sink, Codec.of(Compression.GZIP)));
  }

  /**
   * Writes one record of a page.
   *
   * @param timeMicros when the change was made, in microseconds of the epoch
   * @throws FormatException if the stream left out an image: the change could not be undone
   */
  public void write(StreamPage page, int index, long timeMicros) throws IOException {
    requireNonNull(page, "page is null");
    line.clear();
    begin(timeMicros);
    line.append(page.array(), page.sequenceNumberOffset(index), page.sequenceNumberLength(index));
    images(
        page.array(),
        new Change(
            page.kind(index),
            page.timeToLive(index),
            page.keys(index),
            page.oldImage(index),
            page.newImage(index)));
    end(page.kind(index), page.timeToLive(index), timeMicros);
  }

  /** Writes the change at which a reader of another file stands. */
  public void write(ChangeFileReader reader) throws IOException {
    line.clear();
    begin(reader.micros());
    line.append(reader.sequenceNumber());
    images(
        reader.array(),
        new Change(
            reader.kind(),
            reader.timeToLive(),
            reader.keys(),
            reader.oldImage(),
            reader.newImage()));
    end(reader.kind(), reader.timeToLive(), reader.micros());
  }

  private record Change(
      ChangeKind kind,
      boolean timeToLive,
      ChangeLine.Slice keys,
      ChangeLine.@Nullable Slice oldImage,
      ChangeLine.@Nullable Slice newImage) {}

  private void begin(long timeMicros) {
    if (timeMicros < 0) {
      throw new IllegalArgumentException("a time before 1970: " + timeMicros);
    }
    line.append("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"")
        .append(Long.toString(timeMicros))
        .append("\"},\"SequenceNumber\":{\"S\":\"");
  }

  private void images(byte[] array, Change change) {
    boolean whole =
        (change.kind() == ChangeKind.INSERT || change.oldImage() != null)
            && (change.kind() == ChangeKind.REMOVE) == (change.newImage() == null);
    if (!whole) {
      throw new FormatException(
          "a record of the stream without the images of its " + change.kind());
    }
    line.append("\"},\"EventName\":{\"S\":\"").append(change.kind().name()).append("\"}");
    if (change.timeToLive()) {
      line.append(",\"TimeToLive\":{\"BOOL\":true}");
    }
    line.append("},\"Keys\":").append(array, change.keys().offset(), change.keys().length());
    image("OldImage", array, change.oldImage());
    image("NewImage", array, change.newImage());
    line.append('}');
  }

  private void image(String name, byte[] array, ChangeLine.@Nullable Slice image) {
    if (image != null) {
      line.append(",\"").append(name).append("\":").append(array, image.offset(), image.length());
    }
  }

  private void end(ChangeKind kind, boolean timeToLive, long timeMicros) throws IOException {
    lines.writeRecord(line.bytes(), 0, line.length());
    counter.add(kind, timeToLive, timeMicros);
  }

  /** What was written so far; the times mean nothing while there is no change. */
  public ChangeTally tally() {
    return counter.tally();
  }

  /** Bytes before compression so far: files roll by it. */
  public long rawBytes() {
    return lines.rawBytes();
  }

  /** Completes the file, which has at least one change, and says what it is. */
  public ChangeFileSummary finish() throws IOException {
    if (lines.itemCount() == 0) {
      throw new IllegalStateException("a change file without changes");
    }
    DataFileSummary summary = lines.finish();
    return new ChangeFileSummary(
        counter.tally(), summary.rawBytes(), summary.storedBytes(), summary.sha256());
  }

  @Override
  public void close() {
    lines.close();
  }
}
