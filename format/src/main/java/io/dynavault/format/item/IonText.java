// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonTextWriterBuilder;
import com.amazon.ion.system.IonWriterBuilder.InitialIvmHandling;
import io.dynavault.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Amazon Ion text as DynamoDB exports it: one line {@code $ion_1_0 {Item:{…}}} for an item
 * (DynamoDB Developer Guide, "DynamoDB table export output format").
 *
 * <p>Ion holds numbers, not their text: what comes back from {@code 1.0} is {@code 1}. That is the
 * same number for DynamoDB, which stores numbers without superfluous zeros. All else comes back as
 * it was.
 */
public final class IonText {
  static final String STRING_SET = "$dynamodb_SS";
  static final String NUMBER_SET = "$dynamodb_NS";
  static final String BINARY_SET = "$dynamodb_BS";

  private static final IonTextWriterBuilder WRITERS =
      IonTextWriterBuilder.standard().withInitialIvmHandling(InitialIvmHandling.ENSURE).immutable();

  private IonText() {}

  /** The item as a line of an Ion export, its line feed included. */
  public static byte[] encodeLine(Item item) {
    StringBuilder line = new StringBuilder();
    try (IonWriter writer = WRITERS.build(line)) {
      writer.stepIn(IonType.STRUCT);
      writer.setFieldName("Item");
      new IonValueWriter(writer).writeEntries(item.attributes());
      writer.stepOut();
      writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringBuilder does no I/O
    }
    return line.append('\n').toString().getBytes(UTF_8);
  }

  /**
   * The item in a line of an Ion export.
   *
   * @throws FormatException if the bytes are not exactly one item
   */
  public static Item decodeLine(byte[] bytes, int offset, int length) {
    try (IonItemReader reader =
        new IonItemReader(new ByteArrayInputStream(bytes, offset, length))) {
      Item item = reader.next().orElseThrow(() -> new FormatException("line has no item"));
      if (reader.next().isPresent()) {
        throw new FormatException("line has more than one item");
      }
      return item;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array does no I/O
    }
  }
}
