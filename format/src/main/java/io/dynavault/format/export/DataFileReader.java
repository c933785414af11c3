// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.FormatException;
import io.dynavault.format.item.ItemLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads one data file line by line. The current item is a slice of a buffer that {@link #next}
 * reuses: it is validated and sized, but not decoded, and nothing is allocated per item.
 *
 * <p>Every defect of the file is a {@link FormatException} that names the file and the line; an
 * {@link IOException} comes from the source only, and trying again may help. A reader that was
 * opened with an {@link ExportFile} has, when {@link #next} returns false, also checked the file's
 * MD5 and item count. Items handed out before that come from bytes not yet proven: whoever must not
 * act on a damaged file reads it twice.
 *
 * <p>A bomb does no harm: memory is bounded by {@link #MAX_LINE}, and the work by the number of
 * items that the manifest declares, because no line may be empty or surplus. There is no limit on
 * the ratio of compression, since honest exports reach the highest that gzip can (items of one long
 * repeated text, a thousand to one). Not safe for several threads.
 */
public final class DataFileReader implements AutoCloseable {
  /**
   * Longest line in bytes. An item has at most 400 KiB by DynamoDB's count, and its JSON at most
   * nine times that: a list of empty strings counts one byte an element and writes <code>
   * {"S":""},</code>; control characters (six times) and base-64 (four thirds) stay below. 9 × 400
   * KiB is 3,686,400; the next power of two leaves room for blanks.
   */
  public static final int MAX_LINE = 4 * 1024 * 1024;

  /** Longest change record in bytes: its old and its new image, its key and its time. */
  public static final int MAX_RECORD = 2 * MAX_LINE + 64 * 1024;

  private final StoredInput stored;
  private final Decoder decoder;
  private final LineReader lines;
  private final Slice slice;
  private final String name;
  private final Optional<DataFile> expected;
  private final Optional<String> sha256;
  private final ItemLine itemLine = new ItemLine();
  private Optional<ItemTest> wanted = Optional.empty();
  private int itemOffset;
  private int itemLength;
  private boolean ended;
  private Optional<DataFileSummary> summary = Optional.empty();

  /** What of a line is handed out. */
  private enum Slice {
    ITEM(MAX_LINE),
    LINE(MAX_LINE),
    RECORD(MAX_RECORD);

    private final int maxLine;

    Slice(int maxLine) {
      this.maxLine = maxLine;
    }

    static Slice of(OutputFormat format) {
      return switch (format) {
        case DYNAMODB_JSON -> ITEM;
        case ION -> LINE;
      };
    }
  }

  private DataFileReader(
      StoredInput stored,
      Decoder decoder,
      Slice slice,
      String name,
      Optional<DataFile> expected,
      Optional<String> sha256) {
    this.stored = stored;
    this.decoder = decoder;
    this.lines = new LineReader(decoder, slice.maxLine);
    this.slice = slice;
    this.name = name;
    this.expected = expected;
    this.sha256 = sha256;
  }

  /** Opens a file of a full export; reading it to its end verifies it. The source stays open. */
  public static DataFileReader open(InputStream source, ExportFile file) throws IOException {
    Slice slice = Slice.of(file.format());
    return open(
        new StoredInput(source),
        file.key(),
        slice,
        file.compression(),
        Optional.of(file.dataFile()),
        Optional.empty());
  }

  /**
   * Opens a file of a full export whose SHA-256 is known; reading it to its end verifies it by
   * that, and has no {@link #summary}. The source stays open.
   *
   * @param sha256 lower-case hex, from a place that can be trusted more than the manifest
   */
  public static DataFileReader open(InputStream source, ExportFile file, String sha256)
      throws IOException {
    return open(
        new StoredInput(source, StoredDigest.withoutMd5()),
        file.key(),
        Slice.of(file.format()),
        file.compression(),
        Optional.of(file.dataFile()),
        Optional.of(sha256));
  }

  /**
   * Opens a file of an incremental export, whose lines are handed out whole; reading it to its end
   * verifies it. The source stays open.
   */
  public static DataFileReader openRecords(InputStream source, ExportFile file) throws IOException {
    return open(
        new StoredInput(source),
        file.key(),
        Slice.RECORD,
        file.compression(),
        Optional.of(file.dataFile()),
        Optional.empty());
  }

  /**
   * Opens a file of which nothing is known but its form. The source stays open.
   *
   * @param name how errors call the file
   */
  public static DataFileReader open(
      InputStream source, String name, OutputFormat format, Compression compression)
      throws IOException {
    return open(
        new StoredInput(source),
        name,
        Slice.of(format),
        compression,
        Optional.empty(),
        Optional.empty());
  }

  private static DataFileReader open(
      StoredInput stored,
      String name,
      Slice slice,
      Compression compression,
      Optional<DataFile> expected,
      Optional<String> sha256)
      throws IOException {
    requireNonNull(name, "name is null");
    try {
      Decoder decoder = compression.decoder(stored);
      return new DataFileReader(stored, decoder, slice, name, expected, sha256);
    } catch (FormatException e) {
      throw unreadable(name, e);
    }
  }

  /**
   * Opens a file of an incremental export of which nothing is known but its form. The source stays
   * open.
   *
   * @param name how errors call the file
   */
  public static DataFileReader openRecords(InputStream source, String name, Compression compression)
      throws IOException {
    return open(
        new StoredInput(source),
        name,
        Slice.RECORD,
        compression,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Opens a file of change records whose SHA-256 is known; reading it to its end verifies it by
   * that, and has no {@link #summary}. The source stays open.
   *
   * @param name how errors call the file
   * @param sha256 lower-case hex
   */
  public static DataFileReader openRecords(
      InputStream source, String name, Compression compression, String sha256) throws IOException {
    return open(
        new StoredInput(source, StoredDigest.withoutMd5()),
        name,
        Slice.RECORD,
        compression,
        Optional.empty(),
        Optional.of(sha256));
  }

  /** Moves to the next item; false at the end of a file that is whole as far as it can be known. */
  public boolean next() throws IOException {
    while (nextLine()) {
      if (locateItem()) {
        return true;
      }
    }
    return false;
  }

  private boolean nextLine() throws IOException {
    if (ended) {
      return false;
    }
    try {
      if (!lines.next()) {
        end();
        return false;
      }
      if (expected.isPresent() && lines.lines() > expected.get().itemCount()) {
        throw new FormatException(
            "it has more items than the %d of the manifest".formatted(expected.get().itemCount()));
      }
      return true;
    } catch (FormatException e) {
      throw unreadable(name, e);
    }
  }

  /** Tells by the beginning of an item whether it is handed out. */
  @FunctionalInterface
  public interface ItemTest {
    /**
     * @param json holds the item at this offset, and at most in this length
     * @throws FormatException if the item cannot be told
     */
    boolean test(byte[] json, int offset, int length);
  }

  /** Leaves out items of a file of JSON that pass no test, and does not check what they are. */
  public void only(ItemTest test) {
    wanted = Optional.of(test);
  }

  /** The buffer that holds the current item; its content changes with {@link #next}. */
  public byte[] array() {
    return lines.array();
  }

  /** Where the current item begins: its JSON object, or the whole line of Ion and of records. */
  public int itemOffset() {
    return itemOffset;
  }

  public int itemLength() {
    return itemLength;
  }

  /** Size of the current item in bytes as DynamoDB counts it; not known of Ion and records. */
  public int itemSize() {
    if (slice != Slice.ITEM) {
      throw new IllegalStateException("the size of lines that are not JSON items is not known");
    }
    return itemLine.itemSize();
  }

  /** Number of the current line, counted from 1; after the end, the number of lines. */
  public long lineNumber() {
    return lines.lines();
  }

  /** What the file is. Known when {@link #next} has returned false. */
  public DataFileSummary summary() {
    return summary.orElseThrow(
        () -> new IllegalStateException("'" + name + "' is not read to its end"));
  }

  @Override
  public void close() {
    decoder.close();
  }

  private void end() {
    if (sha256.isPresent()) {
      compareSha256(sha256.get());
      expected.ifPresent(dataFile -> compareCount(lines.lines(), dataFile));
      ended = true;
      return;
    }
    DataFileSummary found = stored.digest().summary(lines.lines(), lines.rawBytes());
    expected.ifPresent(dataFile -> compare(found, dataFile));
    summary = Optional.of(found);
    ended = true;
  }

  private void compareSha256(String recorded) {
    String found = stored.digest().endSha256();
    if (!found.equals(recorded)) {
      throw new FormatException(
          "the SHA-256 of its %d bytes is %s, in the record %s"
              .formatted(stored.digest().size(), found, recorded));
    }
  }

  private static void compare(DataFileSummary found, DataFile expected) {
    if (!found.md5Checksum().equals(expected.md5Checksum())) {
      throw new FormatException(
          "the MD5 of its %d bytes is %s, in the manifest %s"
              .formatted(found.storedBytes(), found.md5Checksum(), expected.md5Checksum()));
    }
    compareCount(found.itemCount(), expected);
  }

  private static void compareCount(long found, DataFile expected) {
    if (found != expected.itemCount()) {
      throw new FormatException(
          "it has %d items, in the manifest %d".formatted(found, expected.itemCount()));
    }
  }

  /** Returns whether the item is handed out. */
  private boolean locateItem() {
    try {
      trimLine();
      if (slice == Slice.ITEM) {
        if (isLeftOut()) {
          return false;
        }
        parseItem();
      }
      return true;
    } catch (FormatException e) {
      throw unreadable(
          name, new FormatException("line %d: %s".formatted(lines.lines(), e.getMessage()), e));
    }
  }

  private void trimLine() {
    byte[] array = lines.array();
    int start = lines.start();
    int end = lines.end();
    while (start < end && isBlank(array[start])) {
      start++;
    }
    while (start < end && isBlank(array[end - 1])) {
      end--;
    }
    if (start == end) {
      throw new FormatException("the line is empty");
    }
    itemOffset = start;
    itemLength = end - start;
  }

  private boolean isLeftOut() {
    if (wanted.isEmpty()) {
      return false;
    }
    byte[] array = lines.array();
    int item = ItemLine.findItem(array, itemOffset, itemLength);
    if (item < 0) {
      itemLine.parse(array, itemOffset, itemLength);
      item = itemLine.itemOffset();
    }
    return !wanted.get().test(array, item, itemOffset + itemLength - item);
  }

  private void parseItem() {
    try {
      itemLine.parse(lines.array(), itemOffset, itemLength);
    } catch (FormatException e) {
      if (isChangeRecord()) {
        throw new FormatException("a change record of an incremental export, not an item", e);
      }
      throw e;
    }
    itemOffset = itemLine.itemOffset();
    itemLength = itemLine.itemLength();
  }

  private boolean isChangeRecord() {
    int length = Math.min(itemLength, 12);
    String start = new String(lines.array(), itemOffset, length, StandardCharsets.ISO_8859_1);
    return start.startsWith("{\"Metadata\"") || start.startsWith("{\"Keys\"");
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r';
  }

  private static FormatException unreadable(String name, FormatException cause) {
    return new FormatException(
        "unable to read data file '%s': %s".formatted(name, cause.getMessage()), cause);
  }
}
