// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out that a port is taken before a server fails on it with a page of its own. */
final class FreePort {
  private FreePort() {}

  /**
   * @param port to listen at; 0 is any
   * @throws LocalServerException if something listens there already
   */
  static void require(String server, int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new LocalServerException(
          "unable to start " + server + ": port " + port + " is in use",
          "end what listens there, or choose other ports, such as --port 8100 --s3-port 9100",
          e);
    }
  }
}
