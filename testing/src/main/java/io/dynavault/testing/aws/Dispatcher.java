// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.dynavault.testing.aws.Operations.Route;
import io.dynavault.testing.aws.Wire.Protocol;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Takes requests to their handlers, and lets go wrong what the script says. */
final class Dispatcher implements HttpHandler, AutoCloseable {
  private final Operations operations;
  private final Optional<Upstream> upstream;
  private final Script script;
  private final Journal journal;
  private final Map<String, Integer> lacking = new ConcurrentHashMap<>();
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private final CountDownLatch closed = new CountDownLatch(1);

  Dispatcher(Operations operations, Optional<Upstream> upstream, Script script, Journal journal) {
    this.operations = operations;
    this.upstream = upstream;
    this.script = script;
    this.journal = journal;
  }

  /** Answers these operations as servers that do not know them: with a page for people. */
  void lack(int status, String... operations) {
    List.of(operations).forEach(operation -> lacking.put(operation, status));
  }

  /** Leaves a member out of all answers, wherever it stands. */
  void leaveOut(String member) {
    leftOut.add(member);
  }

  /** Does something while no handler runs. */
  void locked(Runnable work) {
    synchronized (lock) {
      work.run();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpCall call = HttpCall.read(exchange);
      Optional<HttpAnswer> answer;
      try {
        answer = answer(call);
      } catch (AwsError e) {
        answer = Optional.of(Wire.error(Protocol.DYNAMODB, e)); // of a request nobody can read
      }
      if (answer.isPresent()) {
        answer.get().send(exchange);
      }
    } // without an answer, this ends the connection
  }

  private Optional<HttpAnswer> answer(HttpCall call) {
    Route route;
    synchronized (lock) { // which handler it is depends on the state of the areas
      route = operations.route(call);
    }
    StubRequest request = route.request();
    journal.add(request);
    Optional<Script.Trouble> trouble = script.next(request.operation());
    Integer lack = lacking.get(request.operation());
    if (lack != null) {
      return Optional.of(HttpAnswer.page(lack, "not known here"));
    }
    if (trouble.isEmpty()) {
      return Optional.of(answer(route).without(leftOut));
    }
    if (trouble.get() instanceof Script.Refusal refusal) {
      return Optional.of(Wire.error(route.protocol(), refusal.error()));
    }
    if (trouble.get() instanceof Script.LostAnswer) {
      answer(route);
    } else if (trouble.get() instanceof Script.Silence) {
      awaitClose();
    }
    return Optional.empty();
  }

  private HttpAnswer answer(Route route) {
    try {
      if (route.answerer().isPresent()) {
        synchronized (lock) {
          return route.answerer().get().answer(route.request());
        }
      }
      if (route.protocol() == Protocol.DYNAMODB && upstream.isPresent()) {
        return upstream.get().forward(route.request().call());
      }
      throw AwsError.of(
          "UnknownOperationException", "the stub has no operation " + route.request().operation());
    } catch (AwsError e) {
      return Wire.error(route.protocol(), e);
    }
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
