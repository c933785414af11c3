// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.sdk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values of the SDK as DynamoDB JSON and back, with Jackson's streaming API. */
final class AttributeJson {
  private AttributeJson() {}

  static void write(JsonGenerator json, Map<String, AttributeValue> attributes) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    switch (value.type()) {
      case S -> json.writeStringField("S", value.s());
      case N -> json.writeStringField("N", value.n());
      case B -> json.writeBinaryField("B", value.b().asByteArrayUnsafe());
      case BOOL -> json.writeBooleanField("BOOL", value.bool());
      case NUL -> json.writeBooleanField("NULL", true);
      case SS -> writeTexts(json, "SS", value.ss());
      case NS -> writeTexts(json, "NS", value.ns());
      case BS -> {
        json.writeArrayFieldStart("BS");
        for (SdkBytes element : value.bs()) {
          json.writeBinary(element.asByteArrayUnsafe());
        }
        json.writeEndArray();
      }
      case M -> {
        json.writeFieldName("M");
        write(json, value.m());
      }
      case L -> {
        json.writeArrayFieldStart("L");
        for (AttributeValue element : value.l()) {
          write(json, element);
        }
        json.writeEndArray();
      }
      default -> throw new IOException("unknown type " + value.type());
    }
    json.writeEndObject();
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** Reads an object of attributes; the parser stands at its opening brace. */
  static Map<String, AttributeValue> readItem(JsonParser json) throws IOException {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      attributes.put(name, readValue(json));
    }
    return attributes;
  }

  private static AttributeValue readValue(JsonParser json) throws IOException {
    json.nextToken();
    String type = json.currentName();
    json.nextToken();
    AttributeValue.Builder value = AttributeValue.builder();
    switch (type) {
      case "S" -> value.s(json.getText());
      case "N" -> value.n(json.getText());
      case "B" -> value.b(SdkBytes.fromByteArrayUnsafe(json.getBinaryValue()));
      case "BOOL" -> value.bool(json.getBooleanValue());
      case "NULL" -> value.nul(true);
      case "SS" -> value.ss(readTexts(json));
      case "NS" -> value.ns(readTexts(json));
      case "BS" -> value.bs(readBinaries(json));
      case "M" -> value.m(readItem(json));
      case "L" -> value.l(readList(json));
      default -> throw new IOException("unknown type " + type);
    }
    json.nextToken();
    return value.build();
  }

  private static List<String> readTexts(JsonParser json) throws IOException {
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
    return texts;
  }

  private static List<SdkBytes> readBinaries(JsonParser json) throws IOException {
    List<SdkBytes> binaries = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      binaries.add(SdkBytes.fromByteArrayUnsafe(json.getBinaryValue()));
    }
    return binaries;
  }

  private static List<AttributeValue> readList(JsonParser json) throws IOException {
    List<AttributeValue> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(readValue(json));
    }
    return values;
  }
}
