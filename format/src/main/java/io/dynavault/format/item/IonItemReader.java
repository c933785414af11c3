// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads items from Ion text as ImportTable defines it: structs {@code {Item:{…}}} one after the
 * other, each with or without a version marker before it, or in a list.
 */
public final class IonItemReader implements ItemReader {
  private final BoundedText text;
  private final IonReader reader;
  private long items;

  /** Reads from the stream, which it closes. */
  public IonItemReader(InputStream in) throws IOException {
    text = BoundedText.of(in);
    try {
      reader = IonReaderBuilder.standard().build(text);
    } catch (RuntimeException e) {
      throwCauseIfIo(e);
      throw malformed(e);
    }
  }

  @Override
  public Optional<Item> next() throws IOException {
    text.nextItem();
    try {
      Optional<Item> item = nextItem();
      items++;
      return item;
    } catch (RuntimeException e) {
      throwCauseIfIo(e);
      throw malformed(e);
    }
  }

  private static void throwCauseIfIo(RuntimeException e) throws IOException {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        throw io;
      }
    }
  }

  private Optional<Item> nextItem() {
    IonType type = reader.next();
    while (type == null || type == IonType.LIST) {
      boolean inList = reader.getDepth() == 1;
      if (type == null && !inList) {
        return Optional.empty();
      }
      if (type == null) {
        reader.stepOut();
      } else if (inList) {
        throw new FormatException("list in a list");
      } else {
        requirePlain();
        reader.stepIn();
      }
      type = reader.next();
    }
    return Optional.of(wrappedItem());
  }

  private Item wrappedItem() {
    requirePlain();
    if (reader.getType() != IonType.STRUCT || reader.isNullValue()) {
      throw new FormatException("not a struct {Item:{…}}");
    }
    reader.stepIn();
    if (reader.next() == null || !"Item".equals(reader.getFieldName())) {
      throw new FormatException("struct without the field Item");
    }
    Item item = new IonValueReader(reader).item();
    if (reader.next() != null) {
      throw new FormatException("struct with another field than Item");
    }
    reader.stepOut();
    return item;
  }

  private void requirePlain() {
    if (reader.getTypeAnnotations().length > 0) {
      throw new FormatException("unknown annotation");
    }
  }

  /**
   * Damaged text makes ion-java throw exceptions of many kinds, some of which quote the text. None
   * of them is kept as the cause, because values must not reach logs.
   */
  private FormatException malformed(RuntimeException e) {
    String reason = e instanceof FormatException ? e.getMessage() : "malformed Ion";
    return new FormatException("unable to read item " + (items + 1) + ": " + reason);
  }

  @Override
  public String place() {
    return "item " + items;
  }

  @Override
  public void close() throws IOException {
    try (text) {
      reader.close();
    }
  }
}
