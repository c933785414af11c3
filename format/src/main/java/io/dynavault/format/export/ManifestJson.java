// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A flat JSON object of a manifest: its fields by name. Fields nobody asks for may hold anything;
 * duplicate names, anything after the object and bytes that are not UTF-8 are errors.
 */
final class ManifestJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(130)
                  .maxStringLength(64 * 1024)
                  .maxNameLength(1024)
                  .build())
          .build();

  /** What is neither a string nor a whole number. */
  private enum Other {
    NULL,
    ANYTHING
  }

  /** String, Long or {@link Other} by name. */
  private final Map<String, Object> fields;

  private ManifestJson(Map<String, Object> fields) {
    this.fields = fields;
  }

  static JsonGenerator generator(OutputStream out) throws IOException {
    return JSON.createGenerator(out);
  }

  static ManifestJson parse(byte[] content, int offset, int length) {
    try (JsonParser parser = JSON.createParser(text(content, offset, length))) {
      return parse(parser);
    } catch (StreamReadException e) {
      long at = e.getLocation() == null ? 0 : Math.max(e.getLocation().getCharOffset(), 0);
      throw new FormatException("not valid JSON at character %d".formatted(at), e);
    } catch (IOException e) {
      throw new FormatException("not valid JSON", e);
    }
  }

  private static ManifestJson parse(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new FormatException("not a JSON object");
    }
    Map<String, Object> fields = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken()));
    }
    if (parser.nextToken() != null) {
      throw new FormatException("something follows the JSON object");
    }
    return new ManifestJson(fields);
  }

  String string(String name) {
    return optionalString(name).orElseThrow(() -> missing(name));
  }

  /** A text, or empty when the field is missing or null. */
  Optional<String> optionalString(String name) {
    Object value = fields.getOrDefault(name, Other.NULL);
    if (value == Other.NULL) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw new FormatException("'%s' is not a string".formatted(name));
  }

  /** A whole number that is not negative. */
  long count(String name) {
    return optionalCount(name).orElseThrow(() -> missing(name));
  }

  /** A whole number that is not negative, or empty when the field is missing or null. */
  Optional<Long> optionalCount(String name) {
    Object value = fields.getOrDefault(name, Other.NULL);
    if (value == Other.NULL) {
      return Optional.empty();
    }
    if (value instanceof Long number && number >= 0) {
      return Optional.of(number);
    }
    throw new FormatException("'%s' is not a count".formatted(name));
  }

  /** A constant by its name, or empty when the field is missing or null. */
  <E extends Enum<E>> Optional<E> optionalConstant(String name, Class<E> type) {
    return optionalString(name).map(text -> constant(name, text, type));
  }

  static FormatException missing(String name) {
    return new FormatException("'%s' is missing".formatted(name));
  }

  private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw new FormatException("'%s' has the unknown value %s".formatted(name, Quoted.of(text)));
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> wholeNumber(parser);
      case VALUE_NULL -> Other.NULL;
      default -> {
        parser.skipChildren();
        yield Other.ANYTHING;
      }
    };
  }

  private static Object wholeNumber(JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      return Other.ANYTHING;
    }
    return parser.getLongValue();
  }

  private static String text(byte[] content, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("not valid UTF-8", e);
    }
  }
}
