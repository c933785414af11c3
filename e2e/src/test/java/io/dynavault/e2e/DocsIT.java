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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The commands that README and the first guide show, one after the other, as a reader would enter
 * them: in a shell with the environment that {@code dynavault local} prints.
 */
class DocsIT {
  private static final String END = "exit code of the last command: ";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private Launcher reader;
  private Running local;

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
    LiveTable.createFilled(
        URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB")), new FiveOrders());
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

    String printed = runInOneShell(commands);

    for (ShownCommand command : commands) {
      int end = printed.indexOf(END);
      assertThat(end).as("end of: " + command.line()).isNotNegative();
      String output = printed.substring(0, end);
      printed = printed.substring(end + END.length());
      assertThat(printed).as(command.line() + "\n" + output).startsWith("0\n");
      assertThat(command.missingFrom(output)).as("in\n" + command.line() + "\n" + output).isEmpty();
    }
    assertSoundAndListed();
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

  /** The table of the guide's own examples. */
  private record FiveOrders() implements DemoTable {
    @Override
    public String name() {
      return "orders";
    }

    @Override
    public String createTableRequest() {
      return """
      {"TableName":"orders",
       "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
       "BillingMode":"PAY_PER_REQUEST"}\
      """;
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
                          "id", AttributeJson.string("order-" + n),
                          "product", AttributeJson.string("lemonade, large"),
                          "amount", AttributeJson.number("4427"))));
    }
  }
}
