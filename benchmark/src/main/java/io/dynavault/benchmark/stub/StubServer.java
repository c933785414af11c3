// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.stub;

import io.dynavault.benchmark.data.Pages;
import io.dynavault.benchmark.data.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** The server: a thread per connection, on a port of its own choice. */
public final class StubServer implements AutoCloseable {
  /** What it prints before its address when it is ready. */
  static final String READY = "ready ";

  private final ServerSocket socket;
  private final Answers answers;
  private final Tally tally = new Tally();

  private StubServer(ServerSocket socket, Pages content) {
    this.socket = socket;
    this.answers = new Answers(content, tally);
  }

  /** Starts a server in this process. */
  public static StubServer start(Pages content) throws IOException {
    ServerSocket socket = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    StubServer server = new StubServer(socket, content);
    Thread thread = new Thread(server::accept, "stub");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  /** Serves a shape until its standard input ends: with the process that started it. */
  public static void main(String[] arguments) throws IOException {
    Shape shape = Shape.of(arguments[0]);
    try (StubServer server = start(Pages.of(shape, Integer.parseInt(arguments[1])))) {
      System.out.println(READY + server.endpoint());
      while (System.in.read() >= 0) {
        // until the end
      }
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread thread = new Thread(new Connection(client, answers, tally), "stub-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
