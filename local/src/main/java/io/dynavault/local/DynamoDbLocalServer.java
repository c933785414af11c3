// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

import io.dynavault.local.ServerProcess.Command;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * DynamoDB Local with an empty database in memory, shared by all regions and key pairs. It listens
 * on the loopback address and sends no telemetry.
 */
public final class DynamoDbLocalServer implements AutoCloseable {
  private static final int ANY_PORT = 0;

  private final ServerProcess process;
  private final URI endpoint;

  private DynamoDbLocalServer(ServerProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server on a free port and returns when it answers.
   *
   * @throws LocalServerException if its jars are missing or it does not start; nothing is left
   *     running
   */
  public static DynamoDbLocalServer start() {
    return start(ANY_PORT);
  }

  /** Starts a server on the given port, as {@link #start()} does on a free one. */
  public static DynamoDbLocalServer start(int port) {
    return await(launch(port));
  }

  static ServerProcess launch(int port) {
    FreePort.require("DynamoDB Local", port);
    return ServerProcess.launch(
        new Command(
            "DynamoDB Local",
            "dynamodb-local",
            "512m",
            List.of(String.valueOf(port), "-inMemory", "-sharedDb", "-disableTelemetry"),
            Map.of()));
  }

  static DynamoDbLocalServer await(ServerProcess process) {
    URI endpoint = process.awaitEndpoint();
    try {
      FirstRequest.listTables(endpoint);
    } catch (IOException e) {
      throw process.startFailed(requireNonNull(e.getMessage(), "no reason"), e);
    }
    return new DynamoDbLocalServer(process, endpoint);
  }

  /** Address of the server: scheme, host and port. */
  public URI endpoint() {
    return endpoint;
  }

  /** A key pair that the server accepts; it accepts every other one as well. */
  public LocalCredentials credentials() {
    return LocalCredentials.fixed();
  }

  ServerProcess process() {
    return process;
  }

  /** Ends the server; its tables are gone. */
  @Override
  public void close() {
    process.close();
  }
}
