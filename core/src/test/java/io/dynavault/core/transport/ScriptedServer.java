// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;

/** A real HTTP server that answers as a test says, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {

  /** One answer, from what was asked. */
  @FunctionalInterface
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  record Request(Headers headers, String body) {
    String header(String name) {
      return headers.getFirst(name);
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Answers in this order; the last one answers all further requests too. */
  ScriptedServer(Answer... script) throws IOException {
    answers.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Headers headers = new Headers();
      headers.putAll(exchange.getRequestHeaders());
      requests.add(new Request(headers, body));
      next().send(exchange);
    }
  }

  private synchronized Answer next() {
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  /** 200 with this body and its CRC-32. */
  static Answer ok(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return ok(body, Long.toString(crc.getValue()));
  }

  static Answer ok(String body, String crc32) {
    return exchange -> {
      exchange.getResponseHeaders().set("x-amz-crc32", crc32);
      send(exchange, 200, "application/x-amz-json-1.0", body);
    };
  }

  /** An error as DynamoDB answers it. */
  static Answer error(int status, String type, String message) {
    String body = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    return exchange -> send(exchange, status, "application/x-amz-json-1.0", body);
  }

  static Answer page(int status, String html) {
    return exchange -> send(exchange, status, "text/html; charset=utf-8", html);
  }

  /** Announces more bytes than it sends, then closes the connection. */
  static Answer truncated(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length + 10L);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    };
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
