// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.local.demo.AttributeJson;
import io.dynavault.local.demo.DemoTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The commands that README, guides and runbooks show, one after the other, as a reader would enter
 * them: in a shell with the environment that {@code dynavault local} prints.
 */
class DocsIT {
  private static final String END = "exit code of the last command: ";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Launcher reader;
  private Running local;
  private URI endpoint = URI.create("");

  @BeforeEach
  void startThePlayground() throws IOException {
    Files.createSymbolicLink(sandbox.file("dynavault"), Launcher.script());
    Files.createDirectories(sandbox.file("dynavault-local/s3/my-backups"));
    reader = Launcher.in(sandbox.folder());
    local = reader.start("local", "--port", "0", "--s3-port", "0").awaitOut("Ctrl-C ends both.");
    Map<String, String> environment = new LinkedHashMap<>();
    local
        .outSoFar()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("export "))
        .map(line -> line.substring("export ".length()).split("=", 2))
        .forEach(variable -> environment.put(variable[0], variable[1]));
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      reader = reader.with(variable.getKey(), variable.getValue());
    }
    endpoint = URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB"));
    LiveTable.createFilled(endpoint, new FiveOrders("orders"));
  }

  @AfterEach
  void endThePlayground() {
    local.signal("INT").finish().exits(130);
  }

  @Test
  void commandsThatAreShownWork() throws IOException {
    Path sources = Path.of(Launcher.property("dynavault.sources"));
    List<ShownCommand> commands =
        Stream.concat(
                ShownCommand.of(sources.resolve("README.md")).stream(),
                ShownCommand.of(sources.resolve("docs/guide/getting-started.md")).stream())
            .filter(command -> !command.line().startsWith("mvn "))
            .distinct()
            .toList();
    assertThat(commands).as("shown commands").hasSizeGreaterThan(10);

    runAsShown(commands);

    assertSoundAndListed();
  }

  @Test
  void shellBlocksOfTheGuidesWork() throws IOException {
    List<ShellBlock> blocks = new ArrayList<>();
    for (String guide :
        List.of(
            "backup",
            "choosing-a-method",
            "restore",
            "notifications",
            "vaults",
            "s3",
            "security")) {
      Path page = Path.of(Launcher.property("dynavault.sources"), "docs/guide", guide + ".md");
      blocks.addAll(ShellBlock.of(page));
    }
    assertThat(blocks.stream().flatMap(block -> block.needs().stream()))
        .containsExactly(
            "tags of tables, which DynamoDB Local does not have",
            "an interrupted backup",
            "AWS",
            "AWS",
            "somebody to tell",
            "AWS",
            "another S3 server");
    LiveTable.createFilled(endpoint, new FiveOrders("prod-orders"));
    LiveTable.create(endpoint, new FiveOrders("orders-copy"));
    Files.writeString(sandbox.file("orders.csv"), "pk,amount\ncustomer-9,17\n");
    reader = reader.with("DYNAVAULT_VAULT", "s3://my-backups/vault");
    reader.run("vault", "create").succeeds();
    reader.run("backup", "--table", "orders").succeeds();
    StringBuilder script = new StringBuilder("set -e\n");
    for (ShellBlock block : blocks) {
      if (block.needs().isEmpty()) {
        script.append("echo 'commands of ").append(block.page()).append("' >&2\n");
        script.append(block.script());
      }
    }

    reader.shell(script.toString()).succeeds();

    assertThat(LiveTable.of(endpoint, "open-orders").contents()).hasSize(5);
    assertThat(LiveTable.of(endpoint, "orders-copy").contents()).hasSize(1);
    assertThat(LiveTable.of(endpoint, "dev-orders").contents().values())
        .hasSize(5)
        .noneMatch(item -> item.contains("@example.com"))
        .noneMatch(item -> item.contains("notes"))
        .allMatch(item -> item.contains("000"));
  }

  /** Each in the trouble that it is for; what it shows of the output has to be in the output. */
  @Test
  void runbooksHelpInTheTroubleThatTheyAreFor() throws IOException {
    reader = reader.with("DYNAVAULT_VAULT", "s3://my-backups/vault");
    reader.run("vault", "create").succeeds();
    reader.run("backup", "--table", "orders").succeeds();
    LiveTable orders = LiveTable.of(endpoint, "orders");
    SortedMap<String, String> before = orders.contents();

    orders.drop();
    follow("table-deleted", "");
    assertThat(orders.contents()).isEqualTo(before);

    String beforeTheDeploy = Instant.now().toString();
    LiveTable.createFilled(endpoint, new FiveOrders("orders-1402"));
    writeGarbageTo(orders);
    follow("bad-deploy", beforeTheDeploy);
    assertThat(orders.contents()).isEqualTo(before);

    Files.createDirectories(sandbox.file("dynavault-local/s3/acme-copies"));
    reader.run("vault", "create", "--vault", "s3://acme-copies/vault").succeeds();
    reader.run("copy", "--target-vault", "s3://acme-copies/vault", "--table", "orders").succeeds();
    orders.drop();
    follow("region-lost", "");
    assertThat(orders.contents()).isEqualTo(before);

    follow("backup-job-fails", "");
    follow("costs-too-high", "");
    follow("restore-under-pressure", "");
    assertThat(reader.run("list", "--json").succeeds().json().path("recoveryPoints")).isNotEmpty();
  }

  private static void writeGarbageTo(LiveTable orders) {
    orders.put(AttributeJson.item(Map.of("pk", AttributeJson.string("customer-1"))));
    orders.put(AttributeJson.item(Map.of("pk", AttributeJson.string("customer-9"))));
    orders.delete("{\"pk\":{\"S\":\"customer-3\"}}");
  }

  private void follow(String runbook, String time) throws IOException {
    Path page = Path.of(Launcher.property("dynavault.sources"), "docs/runbooks", runbook + ".md");
    assertThat(ShellBlock.of(page)).allMatch(block -> block.needs().isPresent());
    runAsShown(
        ShownCommand.of(page).stream()
            .map(command -> command.replacing("2026-11-21T14:02:59+01:00", time))
            .toList());
  }

  private void runAsShown(List<ShownCommand> commands) {
    String printed = runInOneShell(commands);
    for (ShownCommand command : commands) {
      int end = printed.indexOf(END);
      assertThat(end).as("end of: " + command.line()).isNotNegative();
      String output = printed.substring(0, end);
      printed = printed.substring(end + END.length());
      assertThat(printed.startsWith("0\n"))
          .as(command.line() + "\n" + output)
          .isEqualTo(command.succeeds());
      assertThat(command.missingFrom(output)).as("in\n" + command.line() + "\n" + output).isEmpty();
    }
  }

  /** One shell, because a command may set a variable for those after it. */
  private String runInOneShell(List<ShownCommand> commands) {
    StringBuilder script = new StringBuilder("exec 2>&1\n");
    for (ShownCommand command : commands) {
      script.append(command.line()).append("\necho \"").append(END).append("$?\"\n");
    }
    return reader.shell(script.toString()).succeeds().out();
  }

  private void assertSoundAndListed() {
    JsonNode points =
        reader.run("list", "--vault", "s3://dynavault/mine", "--json").succeeds().json();
    assertThat(points.path("recoveryPoints")).hasSize(1);
  }

  /** A table like that of the guides' own examples. */
  private record FiveOrders(String name) implements DemoTable {

    @Override
    public String createTableRequest() {
      return """
      {"TableName":"%s",
       "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
       "BillingMode":"PAY_PER_REQUEST"}\
      """
          .formatted(name);
    }

    @Override
    public int size() {
      return 5;
    }

    @Override
    public Stream<String> items() {
      return IntStream.range(0, size())
          .mapToObj(
              n ->
                  AttributeJson.item(
                      Map.of(
                          "pk", AttributeJson.string("customer-" + n),
                          "status", AttributeJson.string("open"),
                          "email", AttributeJson.string("c" + n + "@example.com"),
                          "phone", AttributeJson.string("555-" + n),
                          "notes", AttributeJson.string("calls late"))));
    }
  }
}
