// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.dynavault.local.demo.AttributeJson;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.fault.AwsFaults;
import io.dynavault.testing.fault.FaultPlan;
import io.dynavault.testing.fault.HttpFaultProxy;
import io.dynavault.testing.fault.ProxiedRequest;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Credentials are never printed or stored (the sandbox looks for them in every test), values of
 * items are printed only where they are asked for.
 */
@Tag("F21")
class SecretsIT {
  private static final String VALUE = "canary-of-an-item-value";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  @Test
  void valuesOfItemsAreNeverTalkedAbout() throws IOException {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    table.put(item("9999"));
    LiveTable target = sandbox.made(Sandbox.newName());
    sandbox.createVault();

    List<Finished> runs =
        List.of(
            sandbox.run("backup", "--table", table.name(), "--verbose"),
            sandbox.run("restore", "--target-table", target.name(), "--verbose"),
            sandbox.run("verify", "--verbose"),
            afterAChange(target),
            sandbox.run("describe", "--verbose"));

    assertThat(runs).allSatisfy(run -> assertThat(run.out() + run.err()).doesNotContain(VALUE));
    assertThat(sandbox.run("cat").succeeds().out()).contains(VALUE);
  }

  private Finished afterAChange(LiveTable target) {
    target.put(item("9998"));
    return sandbox.run("compare", "--with", target.name(), "--verbose").exits(4);
  }

  /** The loggers of the SDK and of the HTTP client are not ours: they print what they sign. */
  @Test
  void nothingIsToldAtTheFinestLevelOfLogging() {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    table.put(item("9999"));
    String trace =
        Stream.of("core", "cli", "format")
            .map(part -> "-Dorg.slf4j.simpleLogger.log.io.dynavault." + part + "=trace")
            .collect(Collectors.joining(" "));
    sandbox.createVault();
    for (String command :
        List.of("backup --table " + table.name(), "verify", "expire --keep-last 1")) {
      Finished run = sandbox.launcher().with("DYNAVAULT_JAVA_OPTS", trace).run(command.split(" "));

      assertThat(run.succeeds().out() + run.err())
          .doesNotContain(VALUE)
          .doesNotContain(TestingServers.dynamoDb().credentials().secretAccessKey())
          .doesNotContain(Sandbox.SESSION_TOKEN);
    }
  }

  @Test
  void whoIsToldOfARunLearnsNoItemsAndNobodyLearnsHowTheyAreReached() throws IOException {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    table.put(item("9999"));
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer webhook =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/",
        exchange -> {
          try (exchange) {
            told.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(404, -1);
          }
        });
    webhook.start();
    try {
      Launcher launcher =
          sandbox
              .launcher()
              .with("DYNAVAULT_NOTIFY_ON", "success,failure")
              .with("DYNAVAULT_NOTIFY_EMAIL_PASSWORD", "canary-password")
              .with(
                  "DYNAVAULT_NOTIFY_WEBHOOK_URL",
                  "http://127.0.0.1:%d/canary-path".formatted(webhook.getAddress().getPort()));
      sandbox.createVault();

      Finished run = launcher.run("backup", "--table", table.name(), "--verbose");

      assertThat(run.succeeds().err())
          .contains("warning: unable to notify webhook 'http://127.0.0.1:")
          .doesNotContain("canary");
      assertThat(told).hasSize(1);
      assertThat(told.get(0)).contains(table.name()).doesNotContain("canary", VALUE);
    } finally {
      webhook.stop(0);
    }
  }

  @Test
  void errorsOfServersDoNotCarryItems() throws InterruptedException {
    LiveTable table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    table.put(item("9999"));
    sandbox.createVault();
    sandbox.backUp(table);
    try (HttpFaultProxy proxy = HttpFaultProxy.before(Sandbox.endpoint())) {
      proxy.use(
          FaultPlan.from(
              1, ProxiedRequest.ofOperation("BatchWriteItem"), AwsFaults.dynamoDbAccessDenied()));

      Finished restore =
          sandbox
              .launcher()
              .with("DYNAVAULT_DYNAMODB_ENDPOINT_URL", proxy.endpoint().toString())
              .run("restore", "--target-table", sandbox.made(Sandbox.newName()).name(), "-v");

      assertThat(restore.exits(12).err()).contains("\nHINT: ").doesNotContain(VALUE);
    }
  }

  @Test
  void credentialsOnTheCommandLineAndInTheFileAreRefused() throws IOException {
    Files.writeString(sandbox.file("dynavault.yaml"), "aws:\n  secret-access-key: abc\n", UTF_8);

    assertThat(sandbox.run("list").exits(2).err())
        .contains("aws.secret-access-key")
        .doesNotContain("abc");
    assertThat(sandbox.run("list", "--secret-access-key", "abc").exits(2).err())
        .isEqualTo(
            """
            error: secrets are not accepted on the command line, where other users can see them
            HINT: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
            Try: dynavault list --help
            """);
    Files.delete(sandbox.file("dynavault.yaml"));
  }

  private static String item(String order) {
    return "{\"order_id\":%s,\"item_id\":{\"S\":\"1\"},\"secret\":%s}"
        .formatted(AttributeJson.string(order), AttributeJson.string(VALUE));
  }
}
