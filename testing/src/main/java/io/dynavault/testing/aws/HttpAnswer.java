// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An answer as it goes over the wire. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  /** What web servers say. */
  static HttpAnswer page(int status, String text) {
    return new HttpAnswer(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        ("<!doctype html><title>" + status + " " + text + "</title>").getBytes(UTF_8));
  }

  /** The same JSON without these members, wherever they stand. */
  HttpAnswer without(Set<String> members) {
    if (members.isEmpty() || body.length == 0) {
      return this;
    }
    JsonNode json = Wire.parse(body);
    members.forEach(
        member -> json.findParents(member).forEach(parent -> ((ObjectNode) parent).remove(member)));
    Map<String, String> open = new HashMap<>(headers);
    open.remove("x-amz-crc32");
    return new HttpAnswer(status, open, Wire.bytes(json));
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
