// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import io.dynavault.format.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds values from the Ion value that the reader is at. */
final class IonValueReader {
  private final IonReader reader;

  IonValueReader(IonReader reader) {
    this.reader = reader;
  }

  Item item() {
    if (reader.getType() != IonType.STRUCT || reader.isNullValue()) {
      throw new FormatException("Item is not a struct");
    }
    requireNoAnnotation();
    return new Item(entries(0));
  }

  private Map<String, Value> entries(int depth) {
    Map<String, Value> entries = new LinkedHashMap<>();
    reader.stepIn();
    while (reader.next() != null) {
      String name = reader.getFieldName();
      if (entries.put(Utf8.requireEncodable(name), value(depth)) != null) {
        throw new FormatException("attribute name comes twice");
      }
    }
    reader.stepOut();
    return entries;
  }

  private Value value(int depth) {
    IonType type = reader.getType();
    if (type == IonType.LIST && reader.getTypeAnnotations().length > 0) {
      return set();
    }
    requireNoAnnotation();
    if (type == IonType.NULL) {
      return new Value.NULL();
    }
    if (reader.isNullValue()) {
      throw new FormatException("null with a type");
    }
    return switch (type) {
      case STRING -> new Value.S(string());
      case DECIMAL, INT -> new Value.N(number());
      case BLOB -> binary();
      case BOOL -> new Value.BOOL(reader.booleanValue());
      case STRUCT -> new Value.M(entries(deeper(depth)));
      case LIST -> {
        int inside = deeper(depth);
        yield new Value.L(elements(() -> value(inside)));
      }
      default -> throw unexpected();
    };
  }

  private Value set() {
    String[] annotations = reader.getTypeAnnotations();
    if (annotations.length != 1 || reader.isNullValue()) {
      throw new FormatException("unknown annotation");
    }
    return switch (annotations[0]) {
      case IonText.STRING_SET ->
          new Value.SS(distinct(element(this::string, IonType.STRING), Function.identity()));
      case IonText.NUMBER_SET -> new Value.NS(distinct(this::numberElement, Function.identity()));
      case IonText.BINARY_SET ->
          new Value.BS(distinct(element(this::binary, IonType.BLOB), Function.identity()));
      default -> throw new FormatException("unknown annotation");
    };
  }

  private <T> List<T> distinct(Supplier<T> element, Function<T, ?> identity) {
    List<T> elements = elements(element);
    String flaw = SetElements.flaw(elements, identity);
    if (flaw != null) {
      throw new FormatException(flaw);
    }
    return elements;
  }

  private <T> Supplier<T> element(Supplier<T> content, IonType type) {
    return () -> {
      requireNoAnnotation();
      if (reader.getType() != type || reader.isNullValue()) {
        throw unexpected();
      }
      return content.get();
    };
  }

  private String numberElement() {
    IonType type = reader.getType() == IonType.INT ? IonType.INT : IonType.DECIMAL;
    return element(this::number, type).get();
  }

  private <T> List<T> elements(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    reader.stepIn();
    while (reader.next() != null) {
      elements.add(element.get());
    }
    reader.stepOut();
    return elements;
  }

  private String string() {
    return Utf8.requireEncodable(reader.stringValue());
  }

  private String number() {
    return DecimalScanner.canonical(reader.bigDecimalValue().toString());
  }

  private Value.B binary() {
    return new Value.B(reader.newBytes());
  }

  private void requireNoAnnotation() {
    if (reader.getTypeAnnotations().length > 0) {
      throw new FormatException("unknown annotation");
    }
  }

  private FormatException unexpected() {
    return new FormatException("no attribute value is of Ion type " + reader.getType());
  }

  private static int deeper(int depth) {
    if (depth == ItemScanner.MAX_NESTING) {
      throw new FormatException(
          "nested deeper than " + ItemScanner.MAX_NESTING + " lists and maps");
    }
    return depth + 1;
  }
}
