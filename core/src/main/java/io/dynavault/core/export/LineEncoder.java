// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import java.io.IOException;

/** Turns the JSON of an item into a line of a data file. */
@FunctionalInterface
interface LineEncoder {
  void write(DataFileWriter file, byte[] bytes, int offset, int length) throws IOException;

  /** DynamoDB JSON is copied as it came; Ion is the one format for which items are decoded. */
  static LineEncoder of(OutputFormat format) {
    return switch (format) {
      case DYNAMODB_JSON -> DataFileWriter::writeItem;
      case ION -> LineEncoder::writeIon;
    };
  }

  private static void writeIon(DataFileWriter file, byte[] bytes, int offset, int length)
      throws IOException {
    byte[] line = IonText.encodeLine(DynamoDbJson.decode(bytes, offset, length));
    file.writeLine(line, 0, line.length - 1); // the writer ends the line itself
  }
}
