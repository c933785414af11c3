// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.dynavault.format.FormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one record in a CSV file.
 *
 * @param number line on which it starts, from 1
 */
record CsvLine(long number, List<String> fields) {
  CsvLine {
    fields = List.copyOf(fields);
  }

  /** Collects fields; refuses quotes in fields that are not quoted, as ImportTable does. */
  static final class Handler extends AbstractBaseCsvCallbackHandler<CsvLine> {
    private final List<String> fields = new ArrayList<>();

    @Override
    protected void handleBegin(long startingLineNumber) {
      fields.clear();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      String field = new String(buffer, offset, length);
      if (!quoted && field.indexOf('"') >= 0) {
        throw new FormatException("quote in column " + (index + 1) + " is not escaped");
      }
      fields.add(field);
    }

    @Override
    protected CsvLine buildRecord() {
      return new CsvLine(getStartingLineNumber(), fields);
    }
  }
}
