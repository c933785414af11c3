// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynavault.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One JSON object as bytes: bounded depth and sizes, no duplicate names, nothing behind it. */
public final class JsonDocument {
  /** The major version of every file format of a vault that this program reads and writes. */
  private static final String MAJOR = "1";

  private static final String VERSION = MAJOR + ".0";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(130)
                          .maxStringLength(4 << 20)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonDocument() {}

  /** Writes the fields of an object; its start and end are already taken care of. */
  @FunctionalInterface
  public interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /**
   * Reads a whole document.
   *
   * @param what what the document is, for errors
   * @throws FormatException if it is not exactly one JSON object
   */
  public static JsonFields read(String what, byte[] bytes) {
    return new JsonFields(what, readNode(what, bytes));
  }

  /**
   * Reads a document that carries {@code formatVersion}.
   *
   * @throws FormatException if it is not exactly one JSON object with a version
   * @throws UnsupportedFormatException if a newer program wrote it
   */
  public static JsonFields readVersioned(String what, byte[] bytes) {
    JsonFields fields = read(what, bytes);
    String version = fields.text("formatVersion");
    if (!version.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
      throw fields.invalid("formatVersion", "is not a version");
    }
    if (!version.startsWith(MAJOR + ".")) {
      throw new UnsupportedFormatException(what, version);
    }
    return fields;
  }

  /** Writes one object, without line breaks. */
  public static byte[] write(Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      json.writeStartObject();
      body.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes one object that begins with {@code formatVersion}. */
  public static byte[] writeVersioned(Body body) {
    return write(
        json -> {
          json.writeStringField("formatVersion", VERSION);
          body.writeTo(json);
        });
  }

  private static JsonNode readNode(String what, byte[] bytes) {
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node == null) {
        throw new FormatException(what + " is not one JSON object");
      }
      return node;
    } catch (IOException e) {
      // The parser's own message quotes what it read, which may be anything.
      throw new FormatException(what + " is not valid JSON", e);
    }
  }
}
