// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where a reader of the documentation tries what it shows: {@code dynavault local} runs, with a
 * table {@code orders} and a bucket {@code my-backups}, and the shell has the environment that it
 * prints.
 */
final class Playground implements BeforeEachCallback, AfterEachCallback {
  private final Sandbox sandbox = new Sandbox();
  private Launcher reader = Launcher.in(Path.of(""));
  private Optional<Running> local = Optional.empty();
  private URI endpoint = URI.create("");

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    sandbox.beforeEach(context);
    Files.createSymbolicLink(sandbox.file("dynavault"), Launcher.script());
    createBucket("my-backups");
    reader = Launcher.in(sandbox.folder());
    Running started = reader.start("local", "--port", "0", "--s3-port", "0");
    local = Optional.of(started);
    Map<String, String> environment = exported(started.awaitOut("Ctrl-C ends both.").outSoFar());
    environment.forEach(this::export);
    endpoint = URI.create(environment.get("AWS_ENDPOINT_URL_DYNAMODB"));
    fill("orders");
  }

  private static Map<String, String> exported(String printed) {
    Map<String, String> environment = new LinkedHashMap<>();
    printed
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("export "))
        .map(line -> line.substring("export ".length()).split("=", 2))
        .forEach(variable -> environment.put(variable[0], variable[1]));
    return environment;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    try {
      local.ifPresent(running -> running.signal("INT").finish().exits(130));
    } finally {
      sandbox.afterEach(context);
    }
  }

  /** A page of the documentation. */
  static Path page(String path) {
    return Path.of(Launcher.property("dynavault.sources")).resolve(path);
  }

  void createBucket(String name) throws IOException {
    Files.createDirectories(file("dynavault-local/s3").resolve(name));
  }

  /** A table like that of the guides' own examples, with five items. */
  LiveTable fill(String table) {
    return LiveTable.createFilled(endpoint, new FiveOrders(table));
  }

  /** One like {@link #fill}, without its items. */
  LiveTable create(String table) {
    return LiveTable.create(endpoint, new FiveOrders(table));
  }

  LiveTable table(String name) {
    return LiveTable.of(endpoint, name);
  }

  Path file(String path) {
    return sandbox.file(path);
  }

  /** Sets a variable for all that follows. */
  void export(String name, String value) {
    reader = reader.with(name, value);
  }

  /** The launcher with the reader's environment. */
  Launcher reader() {
    return reader;
  }

  /** Runs commands; what the page shows of a command's output has to be in the output. */
  void runAsShown(List<ShownCommand> commands) {
    String printed = runInOneShell(commands);
    for (int number = 0; number < commands.size(); number++) {
      ShownCommand command = commands.get(number);
      int end = printed.indexOf(end(number));
      String output = printed.substring(0, end);
      printed = printed.substring(end + end(number).length());
      assertThat(printed.startsWith("0\n"))
          .as(command.line() + "\n" + output)
          .isEqualTo(command.succeeds());
      assertThat(command.missingFrom(output)).as("in\n" + command.line() + "\n" + output).isEmpty();
    }
  }

  /** One shell, because a command may set a variable for those after it; each has its own time. */
  private String runInOneShell(List<ShownCommand> commands) {
    StringBuilder script = new StringBuilder("exec 2>&1\n");
    for (int number = 0; number < commands.size(); number++) {
      script.append(commands.get(number).line());
      script.append("\necho \"").append(end(number)).append("$?\"\n");
    }
    Running shell = reader.startShell(script.toString());
    for (int number = 0; number < commands.size(); number++) {
      shell.awaitOut(end(number));
    }
    return shell.finish().succeeds().out();
  }

  private static String end(int number) {
    return "exit code of command " + number + ": ";
  }

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
