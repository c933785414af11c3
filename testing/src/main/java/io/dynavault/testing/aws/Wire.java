// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;

/** How answers and errors of the four protocols are written (AWS documents, "wire protocols"). */
final class Wire {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Errors of the framework in front of DynamoDB, which have a namespace of their own. */
  private static final Set<String> FRAMEWORK =
      Set.of(
          "AccessDeniedException",
          "UnrecognizedClientException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "ExpiredTokenException",
          "SerializationException",
          "UnknownOperationException",
          "InternalFailure",
          "ServiceUnavailableException");

  /** A family of services that answer in the same form. */
  enum Protocol {
    /** DynamoDB's: AWS JSON 1.0 with checksum. */
    DYNAMODB,
    JSON_1_1,
    REST,
    QUERY
  }

  private Wire() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Epoch seconds with milliseconds, as answers have them. */
  static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros();
  }

  /** The point in time of epoch seconds. */
  static Instant instant(BigDecimal seconds) {
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  /** A successful answer of a JSON protocol. */
  static HttpAnswer answer(Protocol protocol, JsonNode members) {
    return json(protocol, 200, members.isNull() ? new byte[0] : bytes(members), Map.of());
  }

  /** A successful answer of the query protocol. */
  static HttpAnswer answer(String operation, String resultXml) {
    String xml =
        "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>%3$s</RequestId>"
                .formatted(operation, resultXml, UUID.randomUUID())
            + "</ResponseMetadata></"
            + operation
            + "Response>";
    return xml(200, xml);
  }

  static HttpAnswer error(Protocol protocol, AwsError error) {
    return switch (protocol) {
      case DYNAMODB -> {
        ObjectNode body = object().put("__type", namespace(error.code()) + error.code());
        yield json(
            protocol, error.status(), bytes(body.put("message", error.getMessage())), Map.of());
      }
      case JSON_1_1 -> {
        ObjectNode body = object().put("__type", error.code()).put("message", error.getMessage());
        yield json(protocol, error.status(), bytes(body), Map.of());
      }
      case REST -> {
        ObjectNode body = object().put("Code", "ERROR_9101").put("Message", error.getMessage());
        int status = error.code().equals("AccessDeniedException") ? 403 : error.status();
        yield json(protocol, status, bytes(body), Map.of("x-amzn-ErrorType", error.code()));
      }
      case QUERY ->
          xml(
              error.status(),
              "<ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error>"
                      .formatted(
                          error.status() < 500 ? "Sender" : "Receiver",
                          error.code(),
                          escape(error.getMessage()))
                  + "<RequestId>"
                  + UUID.randomUUID()
                  + "</RequestId></ErrorResponse>");
    };
  }

  /** Text inside an XML element. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static HttpAnswer json(
      Protocol protocol, int status, byte[] body, Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(more);
    String id = UUID.randomUUID().toString();
    switch (protocol) {
      case DYNAMODB -> {
        CRC32 crc = new CRC32();
        crc.update(body);
        headers.put("Content-Type", "application/x-amz-json-1.0");
        headers.put("x-amz-crc32", Long.toString(crc.getValue()));
        headers.put("x-amzn-RequestId", requestId());
      }
      case JSON_1_1 -> {
        headers.put("Content-Type", "application/x-amz-json-1.1");
        headers.put("x-amzn-RequestId", id);
      }
      default -> {
        headers.put("Content-Type", "application/json");
        headers.put("x-amzn-RequestId", id);
      }
    }
    return new HttpAnswer(status, headers, body);
  }

  private static HttpAnswer xml(int status, String xml) {
    return new HttpAnswer(status, Map.of("Content-Type", "text/xml"), xml.getBytes(UTF_8));
  }

  /** 52 upper-case letters and digits, as DynamoDB's ids have them. */
  private static String requestId() {
    String hex = "" + UUID.randomUUID() + UUID.randomUUID();
    return hex.replace("-", "").substring(0, 52).toUpperCase(Locale.ROOT);
  }

  private static String namespace(String code) {
    if (code.equals("ValidationException")) {
      return "com.amazon.coral.validate#";
    }
    if (code.equals("ThrottlingException")) {
      return "com.amazon.coral.availability#";
    }
    return FRAMEWORK.contains(code)
        ? "com.amazon.coral.service#"
        : "com.amazonaws.dynamodb.v20120810#";
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Parses an object; nothing is one without members.
   *
   * @throws AwsError SerializationException if it is none
   */
  static ObjectNode parse(byte[] body) {
    try {
      if (body.length == 0) {
        return object();
      }
      if (JSON.readTree(body) instanceof ObjectNode members) {
        return members;
      }
    } catch (IOException e) {
      // told below, as the service does
    }
    throw AwsError.of("SerializationException", "the body is not a JSON object");
  }
}
