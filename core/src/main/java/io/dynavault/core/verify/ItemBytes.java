// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.IonText;
import io.dynavault.format.item.ItemSize;

/**
 * An item as DynamoDB JSON, whatever the format of its file; valid until the reader moves on.
 *
 * @param size by DynamoDB's rules
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared
record ItemBytes(byte[] array, int offset, int length, int size) {

  /**
   * The reader's current item.
   *
   * @throws io.dynavault.format.FormatException if it is not one
   */
  static ItemBytes of(DataFileReader reader, OutputFormat format) {
    if (format == OutputFormat.DYNAMODB_JSON) {
      return new ItemBytes(
          reader.array(), reader.itemOffset(), reader.itemLength(), reader.itemSize());
    }
    byte[] json =
        DynamoDbJson.encode(
            IonText.decodeLine(reader.array(), reader.itemOffset(), reader.itemLength()));
    return new ItemBytes(json, 0, json.length, ItemSize.of(json, 0, json.length));
  }
}
