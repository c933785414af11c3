// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.JsonDocument;
import io.dynavault.core.json.JsonFields;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An undo file as the source of a run that takes back what another run has done: items that are
 * what that one made of them become what they were before. A file whose end is missing is that of a
 * killed run, and whole as far as it goes: what is missing was not written to the table.
 */
public final class UndoFile implements WantedItems, AutoCloseable {
  /** How lines begin that take back another one. */
  static final String NOT_DONE = "{\"NotDone\":";

  /** How the last line begins: the counts of the lines before it. */
  static final String END = "{\"End\":{\"items\":";

  private static final byte[] NOT_DONE_BYTES = NOT_DONE.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_BYTES = END.getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final KeyReader keys;
  private final Survey survey;
  private final UndoLines lines;
  private final ChangeLine parser = new ChangeLine();
  private @Nullable DynavaultException failure;

  /** What one reading of the whole file finds. */
  private record Survey(UndoHeader header, long items, Set<ItemKey> notDone, boolean cut) {}

  private UndoFile(Path file, KeyReader keys, Survey survey, UndoLines lines) {
    this.file = file;
    this.keys = keys;
    this.survey = survey;
    this.lines = lines;
  }

  static boolean isCompressed(Path file) {
    return String.valueOf(file.getFileName()).endsWith(".gz");
  }

  /**
   * Reads the first line.
   *
   * @throws DynavaultException {@code OBJECT_NOT_FOUND}, or {@code DAMAGED} if it is not that of an
   *     undo file
   */
  public static UndoHeader header(Path file) {
    try (UndoLines lines = UndoLines.open(file)) {
      return header(lines);
    } catch (IOException | FormatException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Opens a file after reading all of it once.
   *
   * @param keys of its table
   * @throws DynavaultException {@code OBJECT_NOT_FOUND}, or {@code DAMAGED} if it is not an undo
   *     file of such a table
   */
  public static UndoFile open(Path file, KeyReader keys) {
    requireNonNull(keys, "keys is null");
    try {
      Survey survey = survey(file, keys);
      UndoLines lines = UndoLines.open(file);
      lines.next(); // the header
      return new UndoFile(file, keys, survey, lines);
    } catch (IOException | FormatException e) {
      throw unreadable(file, e);
    }
  }

  public UndoHeader header() {
    return survey.header();
  }

  /** Whether the end is missing: the run that wrote it was killed. */
  public boolean isCut() {
    return survey.cut();
  }

  @Override
  public long size() {
    return survey.items() - survey.notDone().size();
  }

  @Override
  public synchronized List<Wanted> next() {
    if (failure != null) {
      throw failure;
    }
    try {
      return read();
    } catch (IOException | FormatException e) {
      failure = unreadable(file, e);
      throw failure;
    }
  }

  private List<Wanted> read() throws IOException {
    List<Wanted> some = new ArrayList<>();
    long bytes = 0;
    while (some.size() < LiveItems.MOST_KEYS && bytes < MOST_BYTES) {
      byte[] line = lines.next();
      if (line == null || starts(line, END_BYTES)) {
        break;
      }
      if (!isNotDone(line)) {
        Wanted wanted = wanted(line);
        bytes += line.length;
        if (!survey.notDone().contains(wanted.key())) {
          some.add(wanted);
        }
      }
    }
    return some;
  }

  private Wanted wanted(byte[] line) {
    parser.parse(line, 0, line.length);
    return new Wanted(
        keys.read(line, parser.keys().offset(), parser.keys().length()),
        image(line, parser.oldImage()),
        image(line, parser.newImage()),
        Optional.empty(),
        false);
  }

  private static Optional<Item> image(byte[] line, ChangeLine.@Nullable Slice slice) {
    return slice == null
        ? Optional.empty()
        : Optional.of(DynamoDbJson.decode(line, slice.offset(), slice.length()));
  }

  @Override
  public void close() {
    lines.close();
  }

  private static UndoHeader header(UndoLines lines) throws IOException {
    byte[] first = lines.next();
    if (first == null) {
      throw new FormatException("it has no first line");
    }
    return UndoHeader.decode(first);
  }

  private static Survey survey(Path file, KeyReader keys) throws IOException {
    try (UndoLines lines = UndoLines.open(file)) {
      UndoHeader header = header(lines);
      Set<ItemKey> notDone = new HashSet<>();
      ChangeLine parser = new ChangeLine();
      long items = 0;
      boolean ended = false;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (ended) {
          throw new FormatException("it goes on behind its end");
        }
        if (starts(line, END_BYTES)) {
          checkEnd(line, items, notDone.size());
          ended = true;
        } else if (isNotDone(line)) {
          int offset = NOT_DONE_BYTES.length;
          notDone.add(keys.read(line, offset, line.length - offset - 1));
        } else {
          parser.parse(line, 0, line.length);
          keys.read(line, parser.keys().offset(), parser.keys().length());
          items++;
        }
      }
      return new Survey(header, items, notDone, !ended);
    }
  }

  private static boolean isNotDone(byte[] line) {
    return starts(line, NOT_DONE_BYTES) && line[line.length - 1] == '}';
  }

  private static boolean starts(byte[] line, byte[] with) {
    return line.length > with.length && Arrays.equals(line, 0, with.length, with, 0, with.length);
  }

  private static void checkEnd(byte[] line, long items, long notDone) {
    JsonFields counts = JsonDocument.read("the last line", line).object("End");
    if (counts.number("items") != items || counts.number("notDone") != notDone) {
      throw new FormatException("lines are missing");
    }
  }

  private static DynavaultException unreadable(Path file, Exception cause) {
    boolean missing = cause instanceof NoSuchFileException;
    return new DynavaultException(
        missing ? ErrorCode.OBJECT_NOT_FOUND : ErrorCode.DAMAGED,
        "unable to read the undo file '"
            + file
            + "': "
            + (missing ? "there is no such file" : String.valueOf(cause.getMessage())),
        missing ? "check its name" : "is it an undo file? nothing was written to the table",
        cause);
  }
}
