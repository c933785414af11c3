// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dynavault.core.store.StoreLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** A server that answers the SDK's requests from a script, one answer each, and keeps them. */
final class ScriptedS3 implements AutoCloseable {
  static final int ATTEMPTS = 3;

  /** What the store's own clock says, and this server's does not. */
  static final Instant CLOCK = Instant.parse("2001-01-01T00:00:00Z");

  private final HttpServer server;
  private final Deque<Answer> script = new ArrayDeque<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  ScriptedS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The configuration that leads to this server. */
  S3Config config() {
    return S3Config.defaults()
        .withEndpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .withRegion("eu-west-1")
        .withPartBytes(S3Config.MIN_PART_BYTES)
        .withCredentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")));
  }

  S3Store open() {
    return open(config());
  }

  S3Store open(S3Config config) {
    return new S3Store(
        new StoreLocation.Bucket("bucket", "root"),
        config,
        S3Clients.create(config, BackoffStrategy.retryImmediately(), ATTEMPTS),
        InstantSource.fixed(CLOCK));
  }

  ScriptedS3 then(Answer answer) {
    synchronized (script) {
      script.add(answer);
    }
    return this;
  }

  ScriptedS3 then(int status, String body, String... headers) {
    return then(exchange -> answer(exchange, status, body.getBytes(UTF_8), headers));
  }

  ScriptedS3 thenError(int status, String code) {
    return then(status, error(code, "message of " + code), "x-amz-request-id", "R1");
  }

  /** Takes the request and closes the connection. */
  ScriptedS3 thenNoAnswer() {
    return then(HttpExchange::close);
  }

  ScriptedS3 times(int count, Runnable step) {
    for (int at = 0; at < count; at++) {
      step.run();
    }
    return this;
  }

  static String error(String code, String message) {
    return "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>";
  }

  /** Announces the whole body and closes the connection after a part of it. */
  ScriptedS3 thenCut(int status, byte[] body, int sent, String... headers) {
    return then(
        exchange -> {
          set(exchange, headers);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body, 0, sent);
          exchange.getResponseBody().flush();
          exchange.close();
        });
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  Request last() {
    return requests.get(requests.size() - 1);
  }

  int unused() {
    synchronized (script) {
      return script.size();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes()));
    Answer answer;
    synchronized (script) {
      answer = script.poll();
    }
    if (answer == null) {
      answer(exchange, 418, error("NotInTheScript", "no more answers").getBytes(UTF_8));
      return;
    }
    answer.give(exchange);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body, String... headers)
      throws IOException {
    set(exchange, headers);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void set(HttpExchange exchange, String... headers) {
    exchange.getResponseHeaders().set("Last-Modified", "Sat, 01 Aug 2026 10:00:00 GMT");
    for (int at = 0; at < headers.length; at += 2) {
      exchange.getResponseHeaders().set(headers[at], headers[at + 1]);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  @FunctionalInterface
  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  /** A request as it came in. */
  static final class Request {
    private final String method;
    private final URI uri;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
      this.method = method;
      this.uri = uri;
      this.headers = headers;
      this.body = body;
    }

    String method() {
      return method;
    }

    byte[] body() {
      return body;
    }

    Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(entry -> entry.getKey().equalsIgnoreCase(name))
          .map(entry -> entry.getValue().get(0))
          .findFirst();
    }

    /** Method, path and query. */
    String line() {
      return method + " " + uri;
    }
  }
}
