// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.dynavault.testing.fault.Fault.Answer;
import io.dynavault.testing.fault.Fault.AnswerFromBody;
import io.dynavault.testing.fault.Fault.Delay;
import io.dynavault.testing.fault.Fault.FlippedBit;
import io.dynavault.testing.fault.Fault.LostResponse;
import io.dynavault.testing.fault.Fault.Reset;
import io.dynavault.testing.fault.Fault.Stall;
import io.dynavault.testing.fault.Fault.Truncation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One connection of a client: its requests, one after the other. */
final class ProxyConnection {
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1);

  private final HttpFaultProxy proxy;
  private final Socket client;

  ProxyConnection(HttpFaultProxy proxy, Socket client) {
    this.proxy = proxy;
    this.client = client;
  }

  /** Serves requests until one side closes or a fault ends the connection. */
  void serve() throws IOException {
    InputStream input = new BufferedInputStream(client.getInputStream());
    OutputStream output = client.getOutputStream();
    boolean open = true;
    while (open) {
      Optional<HttpMessage> head = HttpMessage.readRequestHead(input);
      if (head.isEmpty()) {
        return;
      }
      if (head.get().header("expect").isPresent()) {
        output.write(CONTINUE);
        output.flush();
      }
      HttpMessage request = head.get().withRequestBody(input);
      Optional<Fault> fault = proxy.faultFor(request);
      open = fault.isPresent() ? fail(request, fault.get(), output) : pass(request, output);
    }
  }

  private boolean pass(HttpMessage request, OutputStream output) throws IOException {
    HttpMessage response = forward(request);
    output.write(response.head());
    output.write(response.body());
    output.flush();
    return response.header("connection").filter("close"::equalsIgnoreCase).isEmpty();
  }

  /** Does what the fault says; tells whether the connection goes on. */
  private boolean fail(HttpMessage request, Fault fault, OutputStream output) throws IOException {
    if (fault instanceof Answer answer) {
      return answer(answer, request, output);
    }
    if (fault instanceof AnswerFromBody answer) {
      return answer(answer.answer().apply(request.body()), request, output);
    }
    if (fault instanceof Delay delay) {
      waitForClose(delay.duration().toMillis());
      return pass(request, output);
    }
    if (fault instanceof Reset) {
      return reset();
    }
    HttpMessage response = forward(request);
    if (fault instanceof LostResponse) {
      return reset();
    }
    if (fault instanceof Stall) {
      waitForClose(Long.MAX_VALUE);
      return false;
    }
    byte[] body = response.body().clone();
    int length = body.length;
    if (fault instanceof Truncation truncation) {
      length = Math.min(length, truncation.bytes());
    } else if (fault instanceof FlippedBit flipped && length > 0) {
      body[Math.floorMod(flipped.at(), length)] ^= 1;
    }
    output.write(response.head());
    output.write(body, 0, length);
    output.flush();
    return length == body.length;
  }

  private static boolean answer(Answer answer, HttpMessage request, OutputStream output)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Fault\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + answer.body().length + "\r\n\r\n");
    output.write(head.toString().getBytes(ISO_8859_1));
    if (!request.startWord(0).equals("HEAD")) {
      output.write(answer.body());
    }
    output.flush();
    return true;
  }

  /** Closes so that the client sees a reset instead of an orderly end. */
  private boolean reset() throws IOException {
    client.setSoLinger(true, 0);
    client.close();
    return false;
  }

  private HttpMessage forward(HttpMessage request) throws IOException {
    try (Socket server = new Socket(proxy.upstream().getHost(), proxy.upstream().getPort())) {
      OutputStream output = server.getOutputStream();
      output.write(request.head());
      output.write(request.body());
      output.flush();
      return HttpMessage.readResponse(
          new BufferedInputStream(server.getInputStream()), request.startWord(0));
    }
  }

  private void waitForClose(long millis) throws IOException {
    try {
      if (proxy.closed().await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the proxy was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the proxy was closed", e);
    }
  }
}
