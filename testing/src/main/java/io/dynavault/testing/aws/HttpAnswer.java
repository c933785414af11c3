// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** An answer as it goes over the wire. */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  void send(HttpExchange exchange) throws IOException {
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
