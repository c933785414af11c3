// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where a runtime gets its events from and brings its answers to (AWS Lambda Developer Guide,
 * "Using the Lambda runtime API for custom runtimes").
 */
final class RuntimeApi implements AutoCloseable {
  static final String FUNCTION_ARN =
      "arn:aws:lambda:us-east-1:123456789012:function:dynavault-test:live";

  private static final String ROOT = "/2018-06-01/runtime/";

  /** What a runtime has said. */
  record Answer(String path, String body) {
    boolean isError() {
      return path.endsWith("/error");
    }
  }

  private record Invocation(String event, Duration time) {}

  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch ready = new CountDownLatch(1);
  private final HttpServer server;
  private int invocations;

  RuntimeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(ROOT, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** Host and port, as the environment variable AWS_LAMBDA_RUNTIME_API has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Has the runtime handle an event, which may take so long. */
  void send(String event, Duration time) {
    events.add(new Invocation(event, time));
  }

  /** Waits until the runtime asks for its first event: its initialisation has ended. */
  boolean awaitReady(Duration patience) throws InterruptedException {
    return ready.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The runtime's next answer; empty if it gives none in time or has ended. */
  Optional<Answer> answer(Duration patience, BooleanSupplier isAlive) throws InterruptedException {
    for (long seconds = 0; seconds < patience.toSeconds(); seconds++) {
      Answer answer = answers.poll(1, TimeUnit.SECONDS);
      if (answer != null) {
        return Optional.of(answer);
      }
      if (!isAlive.getAsBoolean()) {
        return Optional.ofNullable(answers.poll());
      }
    }
    return Optional.empty();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.equals("invocation/next")) {
        next(exchange);
      } else {
        exchange.sendResponseHeaders(202, -1);
        answers.add(new Answer(path, new String(body, UTF_8)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the test is over
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    ready.countDown();
    Invocation next = events.take();
    byte[] event = next.event().getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    // The client's native part reads this one without looking whether it is there.
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", "invocation-" + ++invocations);
    headers.set("Lambda-Runtime-Invoked-Function-Arn", FUNCTION_ARN);
    headers.set("Lambda-Runtime-Deadline-Ms", "" + Instant.now().plus(next.time()).toEpochMilli());
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
