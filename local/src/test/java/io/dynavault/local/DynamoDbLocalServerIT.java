// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DynamoDbLocalServerIT {
  private static final String CREATE_TABLE =
      """
      {"TableName":"orders","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}\
      """;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void keepsItemsUntilItIsClosedAndLeavesNothingBehind() throws Exception {
    DynamoDbLocalServer server = DynamoDbLocalServer.start();
    try {
      call(server.endpoint(), "CreateTable", CREATE_TABLE);
      call(
          server.endpoint(),
          "PutItem",
          "{\"TableName\":\"orders\",\"Item\":{\"id\":{\"S\":\"1\"},\"b\":{\"B\":\"AAEC\"}}}");

      assertThat(call(server.endpoint(), "Scan", "{\"TableName\":\"orders\"}"))
          .contains("\"AAEC\"", "\"Count\":1");
    } finally {
      server.close();
    }

    assertThat(server.process().handle().isAlive()).isFalse();
    assertThat(server.process().workingFolder()).doesNotExist();
    assertThatThrownBy(() -> call(server.endpoint(), "ListTables", "{}"))
        .isInstanceOf(ConnectException.class);
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.endpoint().getPort()));
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    try (DynamoDbLocalServer server = DynamoDbLocalServer.start()) {
      assertThat(server.endpoint().getHost()).isEqualTo("127.0.0.1");
      for (InetAddress address : outsideAddresses()) {
        try (Socket socket = new Socket()) {
          InetSocketAddress outside = new InetSocketAddress(address, server.endpoint().getPort());
          assertThatThrownBy(() -> socket.connect(outside, 2000))
              .as("connection to %s", outside)
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void runsNextToAnotherWithoutSharingTables() throws Exception {
    try (DynamoDbLocalServer one = DynamoDbLocalServer.start();
        DynamoDbLocalServer other = DynamoDbLocalServer.start()) {
      call(one.endpoint(), "CreateTable", CREATE_TABLE);

      assertThat(call(one.endpoint(), "ListTables", "{}")).contains("orders");
      assertThat(call(other.endpoint(), "ListTables", "{}")).doesNotContain("orders");
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    DynamoDbLocalServer server = DynamoDbLocalServer.start();
    server.close();
    server.close();

    assertThat(server.process().handle().isAlive()).isFalse();
  }

  /** A Ctrl-C reaches every process of the terminal; the parent may still need its server. */
  @Test
  void servesOnAfterAnInterrupt() throws Exception {
    try (DynamoDbLocalServer server = DynamoDbLocalServer.start()) {
      String pid = String.valueOf(server.process().handle().pid());
      assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();

      for (int i = 0; i < 50; i++) {
        assertThat(call(server.endpoint(), "ListTables", "{}")).contains("TableNames");
      }
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> DynamoDbLocalServer.start(taken.getLocalPort()))
          .isInstanceOf(LocalServerException.class)
          .hasMessage(
              "unable to start DynamoDB Local: port " + taken.getLocalPort() + " is in use");
    }
  }

  /** A parent that is killed with a signal nobody can catch takes its server along. */
  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddynavault.servers=" + System.getProperty("dynavault.servers"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = parent.inputReader()) {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      Path workingFolder = Path.of(output.readLine());
      assertThat(child.isAlive()).isTrue();
      assertThat(workingFolder).exists();

      parent.destroyForcibly();

      child.onExit().get(20, TimeUnit.SECONDS);
      assertThat(workingFolder).doesNotExist();
    } finally {
      parent.destroyForcibly();
    }
  }

  /** Starts a server, says which, and waits until it is killed. */
  static final class Parent {
    public static void main(String[] args) throws IOException {
      DynamoDbLocalServer server = DynamoDbLocalServer.start();
      System.out.println(server.process().handle().pid());
      System.out.println(server.process().workingFolder());
      System.out.flush();
      int end = System.in.read();
      throw new IllegalStateException("not killed but told " + end);
    }
  }

  private String call(URI endpoint, String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=dynavault/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static Iterable<InetAddress> outsideAddresses() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .toList();
  }
}
