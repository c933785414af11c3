// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;

/** Prints items, one after the other. */
public interface ItemPrinter extends Closeable {

  /** Prints the item that stands, as DynamoDB JSON, in these bytes. */
  void print(byte[] json, int offset, int length) throws IOException;

  /** Attributes of printed items that there was no place for. */
  default Set<String> omittedAttributes() {
    return Set.of();
  }
}
