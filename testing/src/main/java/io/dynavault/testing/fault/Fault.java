// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/** What happens to a request instead of being carried to the server and answered. */
public sealed interface Fault {
  /** The proxy answers itself; the server never sees the request. */
  final class Answer implements Fault {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    public Answer(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body.clone();
    }

    int status() {
      return status;
    }

    Map<String, String> headers() {
      return headers;
    }

    byte[] body() {
      return body;
    }

    @Override
    public String toString() {
      return "Answer[status=" + status + ", bodyHash=" + Arrays.hashCode(body) + "]";
    }
  }

  /** The proxy answers itself, with something it makes of the request's body. */
  record AnswerFromBody(Function<byte[], Answer> answer) implements Fault {
    public AnswerFromBody {
      requireNonNull(answer, "answer is null");
    }
  }

  /** The server gets the request after a while. */
  record Delay(Duration duration) implements Fault {
    public Delay {
      requireNonNull(duration, "duration is null");
    }
  }

  /** The connection is reset before the server gets the request. */
  record Reset() implements Fault {}

  /** The server does what it was asked to, but the connection is reset before the answer. */
  record LostResponse() implements Fault {}

  /** The server does what it was asked to, but its answer comes only when the proxy is closed. */
  record Stall() implements Fault {}

  /** The connection closes after so many bytes of the answer's body; its header promised all. */
  record Truncation(int bytes) implements Fault {}

  /** One bit of the answer's body arrives flipped, at this byte modulo its length. */
  record FlippedBit(int at) implements Fault {}
}
