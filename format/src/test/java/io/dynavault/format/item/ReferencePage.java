// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Jackson finds in the response of a Scan: the slices that {@link ScanPage} has to find, or
 * nothing where it has to refuse the response.
 */
final class ReferencePage {
  private static final JsonFactory JACKSON = new JsonFactory();
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

  private final byte[] body;
  private final JsonParser json;
  private final Set<String> seen = new HashSet<>();
  private final List<Slice> items = new ArrayList<>();
  private Optional<Slice> lastEvaluatedKey = Optional.empty();
  private long count = -1;
  private long scannedCount = -1;

  /** Part of the body. */
  record Slice(int offset, int length) {}

  /** What was found. */
  record Found(List<Slice> items, Optional<Slice> lastEvaluatedKey) {}

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private ReferencePage(byte[] body) throws IOException {
    this.body = body;
    this.json = JACKSON.createParser(body);
  }

  static Optional<Found> parse(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
      return Optional.of(new ReferencePage(body).page());
    } catch (CharacterCodingException | Refused e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Found page() throws IOException {
    require(body.length == 0 || body[0] != (byte) 0xEF);
    require(json.nextToken() == JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      member(name());
    }
    require(json.nextToken() == null);
    require(seen.contains("Items") && count == items.size());
    require(scannedCount < 0 || scannedCount >= count);
    return new Found(items, lastEvaluatedKey);
  }

  private void member(String name) throws IOException {
    Set<String> known =
        Set.of("Items", "LastEvaluatedKey", "Count", "ScannedCount", "ConsumedCapacity");
    require(!known.contains(name) || seen.add(name));
    JsonToken token = json.nextToken();
    switch (name) {
      case "Items" -> {
        require(token == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(item());
        }
      }
      case "LastEvaluatedKey" -> {
        lastEvaluatedKey = Optional.of(item());
        require(lastEvaluatedKey.get().length() > 2 && hasMembers(lastEvaluatedKey.get()));
      }
      case "Count" -> count = count();
      case "ScannedCount" -> scannedCount = count();
      case "ConsumedCapacity" -> consumedCapacity();
      default -> skip();
    }
  }

  private boolean hasMembers(Slice slice) {
    return !new String(body, slice.offset() + 1, slice.length() - 2, StandardCharsets.UTF_8)
        .isBlank();
  }

  private long count() throws IOException {
    require(json.currentToken() == JsonToken.VALUE_NUMBER_INT);
    require(COUNT.matcher(json.getText()).matches());
    return json.getLongValue();
  }

  private void consumedCapacity() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    require(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean units = name().equals("CapacityUnits");
      JsonToken token = json.nextToken();
      require(!units || token.isNumeric());
      skip();
    }
  }

  private Slice item() throws IOException {
    int offset = (int) json.currentTokenLocation().getByteOffset();
    attributes();
    return new Slice(offset, (int) json.currentLocation().getByteOffset() - offset);
  }

  private void attributes() throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      name();
      json.nextToken();
      value();
    }
  }

  private void value() throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    require(json.nextToken() == JsonToken.FIELD_NAME);
    String type = name();
    json.nextToken();
    switch (type) {
      case "S", "N", "B" -> scalar(type);
      case "SS", "NS", "BS" -> {
        require(json.currentToken() == JsonToken.START_ARRAY);
        int elements = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; elements++) {
          scalar(type.substring(0, 1));
        }
        require(elements > 0);
      }
      case "L" -> {
        require(json.currentToken() == JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
          value();
        }
      }
      case "M" -> attributes();
      case "BOOL" -> require(json.currentToken().isBoolean());
      case "NULL" -> require(json.currentToken() == JsonToken.VALUE_TRUE);
      default -> throw new Refused();
    }
    require(json.nextToken() == JsonToken.END_OBJECT);
  }

  private void scalar(String type) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING);
    String text = json.getText();
    if (type.equals("N")) {
      require(NUMBER.matcher(text).matches());
    }
    if (type.equals("B")) {
      try {
        byte[] binary = Base64.getDecoder().decode(text);
        require(Base64.getEncoder().encodeToString(binary).equals(text));
      } catch (IllegalArgumentException e) {
        throw new Refused();
      }
    }
  }

  private void skip() throws IOException {
    int depth = 0;
    do {
      switch (json.currentToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case FIELD_NAME -> name();
        default -> {}
      }
      if (depth > 0) {
        json.nextToken();
      }
    } while (depth > 0 || json.currentToken() == null);
  }

  private String name() throws IOException {
    require(json.currentToken() == JsonToken.FIELD_NAME);
    return json.currentName();
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new Refused();
    }
  }
}
