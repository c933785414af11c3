// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads items from plain JSON: objects one after the other, such as JSON lines, or in an array.
 * Text becomes S, numbers N with the text they have, arrays L, objects M, null NULL.
 */
public final class PlainJsonReader implements ItemReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(2 * ItemScanner.MAX_NESTING)
                  .maxStringLength(BoundedText.MAX_ITEM_CHARACTERS)
                  .maxNameLength(BoundedText.MAX_ITEM_CHARACTERS)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private final BoundedText text;
  private final JsonParser parser;
  private boolean inArray;
  private long items;
  private int line;

  /** Reads from the stream, which it closes. */
  public PlainJsonReader(InputStream in) throws IOException {
    text = BoundedText.of(in);
    parser = FACTORY.createParser(text);
  }

  @Override
  public Optional<Item> next() throws IOException {
    text.nextItem();
    try {
      return nextItem();
    } catch (StreamReadException e) {
      throw failure("malformed JSON"); // without the cause: its message quotes the text
    } catch (FormatException e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Item> nextItem() throws IOException {
    JsonToken token = parser.nextToken();
    while (token == (inArray ? JsonToken.END_ARRAY : JsonToken.START_ARRAY)) {
      inArray = !inArray;
      token = parser.nextToken();
    }
    if (token == null) {
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      throw new FormatException("not an object");
    }
    items++;
    line = parser.currentTokenLocation().getLineNr();
    return Optional.of(new Item(entries(0)));
  }

  private Map<String, Value> entries(int depth) throws IOException {
    Map<String, Value> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = Utf8.requireEncodable(parser.currentName());
      if (entries.put(name, value(parser.nextToken(), depth)) != null) {
        throw new FormatException("attribute name comes twice");
      }
    }
    return entries;
  }

  private Value value(JsonToken token, int depth) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Value.S(Utf8.requireEncodable(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> new Value.BOOL(true);
      case VALUE_FALSE -> new Value.BOOL(false);
      case VALUE_NULL -> new Value.NULL();
      case START_OBJECT -> new Value.M(entries(deeper(depth)));
      case START_ARRAY -> {
        int inside = deeper(depth);
        List<Value> values = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          values.add(value(next, inside));
        }
        yield new Value.L(values);
      }
      default -> throw new FormatException("unexpected token");
    };
  }

  private Value number() throws IOException {
    String number = parser.getText();
    DecimalScanner.canonical(number); // for its checks; the text is kept
    return new Value.N(number);
  }

  private static int deeper(int depth) {
    if (depth == ItemScanner.MAX_NESTING) {
      throw new FormatException(
          "nested deeper than " + ItemScanner.MAX_NESTING + " lists and maps");
    }
    return depth + 1;
  }

  private FormatException failure(String reason) {
    JsonLocation at = parser.currentLocation();
    return new FormatException(
        "unable to read line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + reason);
  }

  @Override
  public String place() {
    return "item " + items + ", line " + line;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
