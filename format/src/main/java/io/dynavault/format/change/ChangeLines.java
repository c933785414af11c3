// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonChangeText;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemChange;
import io.dynavault.format.item.JsonBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Writes changes as AWS does, one a line, members in AWS's order. */
public final class ChangeLines {
  private ChangeLines() {}

  /** The change as a line without its line feed, as data file writers take it. */
  public static byte[] encode(ItemChange change, OutputFormat format) {
    if (format == OutputFormat.ION) {
      byte[] line = IonChangeText.encodeLine(change);
      return Arrays.copyOf(line, line.length - 1);
    }
    JsonBuffer buffer = new JsonBuffer();
    buffer.append("{\"Metadata\":{");
    if (change.writeMicros().isPresent()) {
      buffer
          .append("\"WriteTimestampMicros\":{\"N\":\"")
          .append(Long.toString(change.writeMicros().getAsLong()))
          .append("\"}");
    }
    buffer.append("},\"Keys\":");
    DynamoDbJson.encode(change.keys(), buffer);
    image("OldImage", change.oldImage(), buffer);
    image("NewImage", change.newImage(), buffer);
    return buffer.append('}').toByteArray();
  }

  private static void image(String name, Optional<Item> image, JsonBuffer buffer) {
    if (image.isPresent()) {
      buffer.append(",\"").append(name).append("\":");
      DynamoDbJson.encode(image.get(), buffer);
    }
  }
}
