// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonChangeText;
import io.dynavault.format.item.ItemChange;
import io.dynavault.format.item.ItemSize;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one data file of an incremental export change by change. Key and image of the current
 * change are slices of DynamoDB JSON in {@link #array()}, whatever the file's format, which {@link
 * #next} replaces. At the end the file's MD5 and number of lines have been checked, as {@link
 * DataFileReader} does; its rules on defects hold here, too. Not safe for several threads.
 */
public final class ChangeReader implements AutoCloseable {
  private final DataFileReader lines;
  private final ExportFile file;
  private final ChangeLine line = new ChangeLine();
  private byte[] array = {};
  private ChangeLine.Slice keys = new ChangeLine.Slice(0, 0, 0);
  private ChangeLine.@Nullable Slice image;
  private long writeMicros;

  private ChangeReader(DataFileReader lines, ExportFile file) {
    this.lines = lines;
    this.file = file;
  }

  /** Opens a file; the source stays open. */
  public static ChangeReader open(InputStream source, ExportFile file) throws IOException {
    requireNonNull(file, "file is null");
    return new ChangeReader(DataFileReader.openRecords(source, file), file);
  }

  /** Moves to the next change; false at the end of a file that is whole. */
  public boolean next() throws IOException {
    if (!lines.next()) {
      return false;
    }
    try {
      if (file.format() == OutputFormat.ION) {
        readIon();
      } else {
        line.parse(lines.array(), lines.itemOffset(), lines.itemLength());
        array = lines.array();
        keys = line.keys();
        image = line.newImage();
        writeMicros = line.writeMicros();
      }
      return true;
    } catch (FormatException e) {
      throw new FormatException(
          "unable to read data file '%s': line %d: %s"
              .formatted(file.key(), lines.lineNumber(), e.getMessage()),
          e);
    }
  }

  private void readIon() {
    ItemChange change =
        IonChangeText.decodeLine(lines.array(), lines.itemOffset(), lines.itemLength());
    byte[] key = DynamoDbJson.encode(change.keys());
    byte[] item = change.newImage().map(DynamoDbJson::encode).orElse(new byte[0]);
    array = new byte[key.length + item.length];
    System.arraycopy(key, 0, array, 0, key.length);
    System.arraycopy(item, 0, array, key.length, item.length);
    keys = new ChangeLine.Slice(0, key.length, ItemSize.of(key, 0, key.length));
    image =
        item.length == 0
            ? null
            : new ChangeLine.Slice(key.length, item.length, ItemSize.of(item, 0, item.length));
    writeMicros = change.writeMicros().orElse(-1);
  }

  /** The buffer that holds the current change; its content changes with {@link #next}. */
  public byte[] array() {
    return array;
  }

  /** The key of the item that has changed. */
  public ChangeLine.Slice keys() {
    return keys;
  }

  /** The item as it is at the window's end; null if it was deleted. */
  public ChangeLine.@Nullable Slice newImage() {
    return image;
  }

  /** When the item was last written, in epoch microseconds; -1 where the file does not say. */
  public long writeMicros() {
    return writeMicros;
  }

  /** What the file is. Known when {@link #next} has returned false. */
  public DataFileSummary summary() {
    return lines.summary();
  }

  @Override
  public void close() {
    lines.close();
  }
}
