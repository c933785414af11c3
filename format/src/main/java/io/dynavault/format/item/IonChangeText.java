// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonReaderBuilder;
import com.amazon.ion.system.IonTextWriterBuilder;
import com.amazon.ion.system.IonWriterBuilder.InitialIvmHandling;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes as Amazon Ion text: one line {@code $ion_1_0 {Record:{Keys:{…},Metadata:{…},…}}} each
 * (DynamoDB Developer Guide, "DynamoDB table export output format").
 */
public final class IonChangeText {
  private static final IonTextWriterBuilder WRITERS =
      IonTextWriterBuilder.standard().withInitialIvmHandling(InitialIvmHandling.ENSURE).immutable();

  private IonChangeText() {}

  /** The change as a line of an Ion export, its line feed included. */
  public static byte[] encodeLine(ItemChange change) {
    StringBuilder line = new StringBuilder();
    try (IonWriter writer = WRITERS.build(line)) {
      IonValueWriter values = new IonValueWriter(writer);
      writer.stepIn(IonType.STRUCT);
      writer.setFieldName("Record");
      writer.stepIn(IonType.STRUCT);
      writer.setFieldName("Keys");
      values.writeEntries(change.keys().attributes());
      writer.setFieldName("Metadata");
      writer.stepIn(IonType.STRUCT);
      if (change.writeMicros().isPresent()) {
        writer.setFieldName("WriteTimestampMicros");
        new Value.N(Long.toString(change.writeMicros().getAsLong())).accept(values);
      }
      writer.stepOut();
      writeImage("OldImage", change.oldImage(), writer);
      writeImage("NewImage", change.newImage(), writer);
      writer.stepOut();
      writer.stepOut();
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder does no I/O
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  private static void writeImage(String name, Optional<Item> image, IonWriter writer)
      throws IOException {
    if (image.isPresent()) {
      writer.setFieldName(name);
      new IonValueWriter(writer).writeEntries(image.get().attributes());
    }
  }

  /**
   * The change in a line of an Ion export.
   *
   * @throws FormatException if the bytes are not exactly one change
   */
  public static ItemChange decodeLine(byte[] bytes, int offset, int length) {
    try (IonReader reader = IonReaderBuilder.standard().build(bytes, offset, length)) {
      if (reader.next() != IonType.STRUCT || reader.isNullValue()) {
        throw new FormatException("not a struct {Record:{…}}");
      }
      reader.stepIn();
      if (reader.next() != IonType.STRUCT || !"Record".equals(reader.getFieldName())) {
        throw new FormatException("struct without the field Record");
      }
      ItemChange change = change(reader);
      if (reader.next() != null) {
        throw new FormatException("struct with another field than Record");
      }
      reader.stepOut();
      if (reader.next() != null) {
        throw new FormatException("line has more than one change");
      }
      return change;
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      throw malformed(e);
    }
  }

  private static ItemChange change(IonReader reader) {
    Map<String, Item> items = new HashMap<>();
    OptionalLong micros = OptionalLong.empty();
    reader.stepIn();
    while (reader.next() != null) {
      String name = reader.getFieldName();
      switch (name) {
        case "Keys", "OldImage", "NewImage" -> {
          if (items.put(name, new IonValueReader(reader).item()) != null) {
            throw new FormatException("a field of the change comes twice");
          }
        }
        case "Metadata" -> micros = micros(new IonValueReader(reader).item());
        default -> {}
      }
    }
    reader.stepOut();
    Item keys = items.get("Keys");
    if (keys == null) {
      throw new FormatException("a change without the field Keys");
    }
    return new ItemChange(
        keys,
        Optional.ofNullable(items.get("OldImage")),
        Optional.ofNullable(items.get("NewImage")),
        micros);
  }

  private static OptionalLong micros(Item metadata) {
    Value value = metadata.attributes().get("WriteTimestampMicros");
    if (value == null) {
      return OptionalLong.empty();
    }
    String text =
        value instanceof Value.N number
            ? DecimalScanner.canonical(number.value())
            : value instanceof Value.S string ? string.value() : "";
    if (!text.matches("[0-9]{1,18}")) {
      throw new FormatException("WriteTimestampMicros is not a time in microseconds");
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** Exceptions of ion-java may quote the text, and values must not reach logs. */
  private static FormatException malformed(Exception e) {
    return new FormatException("malformed Ion (" + e.getClass().getSimpleName() + ")");
  }
}
