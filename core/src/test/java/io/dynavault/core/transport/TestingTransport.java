// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Answers requests by a function and remembers them. */
public final class TestingTransport implements DynamoDbTransport {

  /** A request as it was sent. */
  public record Request(String operation, String body) {}

  private final BiFunction<String, String, String> answers;
  private final List<Request> requests = new ArrayList<>();

  /**
   * @param answers body of the answer to an operation and a body; throws for an error
   */
  public TestingTransport(BiFunction<String, String, String> answers) {
    this.answers = answers;
  }

  @Override
  public void call(String operation, byte[] body, int length, ResponseBuffer response) {
    String text = new String(body, 0, length, StandardCharsets.UTF_8);
    synchronized (this) {
      requests.add(new Request(operation, text));
    }
    byte[] answer = answers.apply(operation, text).getBytes(StandardCharsets.UTF_8);
    try {
      response.fill(new ByteArrayInputStream(answer), answer.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public URI endpoint() {
    return URI.create("http://localhost:8000");
  }

  @Override
  public String region() {
    return "us-east-1";
  }

  @Override
  public void close() {}
}
