// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that is told by webhook, at an address that is a secret. */
final class TestingWebhook implements AutoCloseable {
  static final String SECRET = "canary-19ab77";

  private final HttpServer server;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  TestingWebhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  void answerWith(int newStatus) {
    status = newStatus;
  }

  String shown() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return shown() + "/hooks/" + SECRET + "?token=" + SECRET;
  }

  List<JsonNode> received() {
    return received;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
