// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local.child;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The main class of a child process: {@code ChildServer <working folder> <server> <arguments>}.
 * Standard output carries the port and nothing else; what the server prints goes to standard error.
 */
public final class ChildServer {
  private ChildServer() {}

  public static void main(String[] args) throws Exception {
    PrintStream parent = System.out;
    System.setOut(System.err);
    Lifeline.watch(System.in, Path.of(args[0]));
    List<String> arguments = Arrays.asList(args).subList(2, args.length);
    int port;
    try {
      port = start(args[1], arguments);
    } catch (Exception | LinkageError e) {
      e.printStackTrace(System.err);
      Runtime.getRuntime().halt(1);
      return;
    }
    parent.write(("port " + port + "\n").getBytes(StandardCharsets.US_ASCII));
    parent.flush();
  }

  private static int start(String server, List<String> arguments) throws Exception {
    return switch (server) {
      case "dynamodb-local" -> DynamoDbLocalChild.start(arguments);
      case "s3proxy" -> S3ProxyChild.start(arguments);
      default -> throw new IllegalArgumentException("unknown server '" + server + "'");
    };
  }
}
