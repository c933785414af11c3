// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Carries connections to a server and notes all that clients send. */
final class TrafficTap implements AutoCloseable {
  private final ServerSocket server;
  private final URI upstream;
  private final StringBuilder sent = new StringBuilder();

  private TrafficTap(ServerSocket server, URI upstream) {
    this.server = server;
    this.upstream = upstream;
  }

  static TrafficTap before(URI upstream) {
    try {
      TrafficTap tap =
          new TrafficTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), upstream);
      start(tap::accept);
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** All bytes of all connections, each byte as one character. */
  synchronized String sent() {
    return sent.toString();
  }

  private synchronized void note(String text) {
    sent.append(text);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket target = new Socket(upstream.getHost(), upstream.getPort());
        start(() -> carry(client, target, true));
        start(() -> carry(target, client, false));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void carry(Socket from, Socket to, boolean noted) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (noted) {
          note(new String(buffer, 0, count, ISO_8859_1));
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One of both has gone.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "traffic-tap");
    thread.setDaemon(true);
    thread.start();
  }
}
