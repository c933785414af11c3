// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import static java.util.stream.Collectors.joining;

import io.dynavault.cli.command.CliContext;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Streams;
import io.dynavault.cli.output.Counts;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.EndpointConfig;
import io.dynavault.core.transport.HttpTransport;
import io.dynavault.core.transport.TransportConfig;
import io.dynavault.core.transport.TransportCounters;
import io.dynavault.format.item.Item;
import io.dynavault.local.LocalServers;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The story that the demo tells: the very commands that a user would type. */
final class DemoScript {
  private static final String VAULT = "s3://" + LocalView.BUCKET + "/vault";
  private static final String RESTORED = DemoTables.ORDERS + "-restored";

  private final Session session;
  private final LocalServers servers;
  private final CliContext surroundings;

  DemoScript(Session session, LocalServers servers, Path folder) {
    this.session = session;
    this.servers = servers;
    this.surroundings = surroundings(session, servers, folder);
    // The SDK takes credentials from here before it looks at the user's own.
    System.setProperty("aws.accessKeyId", servers.credentials().accessKeyId());
    System.setProperty("aws.secretAccessKey", servers.credentials().secretAccessKey());
  }

  void run() throws InterruptedException {
    try (DynamoDbTransport transport = transport()) {
      run(new DemoTables(transport));
    }
  }

  private void run(DemoTables tables) throws InterruptedException {
    say("creating the tables " + DemoTables.ORDERS + " and " + DemoTables.EVENTS);
    int items = tables.createAndFill();
    say(
        "they have "
            + Counts.of(items, "item")
            + ": every attribute type, a local and a global index, time to live");
    Set<Item> orders = tables.contents(DemoTables.ORDERS);
    Set<Item> events = tables.contents(DemoTables.EVENTS);
    command("vault", "create", "--if-not-exists");
    command("backup", "--table", DemoTables.ORDERS, "--table", DemoTables.EVENTS);
    int lost = tables.damage();
    say("an accident: " + Counts.of(lost, "item") + " of demo-events deleted or overwritten");
    command(
        ExitStatus.DAMAGED,
        "compare",
        "--table",
        DemoTables.EVENTS,
        "--key",
        tables.deletedEvent());
    command("restore", "--table", DemoTables.EVENTS, "--on-conflict", "identical", "--confirm");
    command("compare", "--table", DemoTables.EVENTS);
    command("restore", "--table", DemoTables.ORDERS, "--target-table", RESTORED);
    command("compare", "--table", DemoTables.ORDERS, "--with", RESTORED);
    requireSame(events, tables.contents(DemoTables.EVENTS), DemoTables.EVENTS);
    requireSame(orders, tables.contents(RESTORED), RESTORED);
    say("read again without dynavault's restore: " + Counts.of(items, "item") + " as they were");
    command("verify");
    command("list");
  }

  private static void requireSame(Set<Item> before, Set<Item> after, String table) {
    if (!before.equals(after)) {
      throw new DynavaultException(
          ErrorCode.DEMO_FAILED, "the demo failed: table '" + table + "' is not what it was");
    }
  }

  private void command(String... arguments) throws InterruptedException {
    command(ExitStatus.OK, arguments);
  }

  private void command(ExitStatus expected, String... arguments) throws InterruptedException {
    if (session.gracefulStop().get().isRequested()) {
      throw new InterruptedException();
    }
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--vault", VAULT));
    String text = "dynavault " + line.stream().map(DemoScript::quoted).collect(joining(" "));
    if (!session.output().isJson()) {
      session.output().page().blank().line("$ " + text);
    }
    int code = session.subcommands().run(surroundings, line);
    if (code != expected.code()) {
      throw new DynavaultException(
          ErrorCode.DEMO_FAILED,
          "the demo failed: '%s' ended with exit code %d".formatted(text, code));
    }
  }

  /** As a shell needs it. */
  private static String quoted(String argument) {
    return argument.startsWith("{") ? "'" + argument + "'" : argument;
  }

  private void say(String text) {
    if (!session.output().isJson()) {
      session.output().page().blank().line("# " + text);
    }
  }

  private DynamoDbTransport transport() {
    EndpointConfig endpoint =
        new EndpointConfig(
            Optional.of(LocalView.REGION),
            Optional.of(servers.dynamoDb().endpoint()),
            Optional.empty());
    return HttpTransport.open(
        endpoint,
        TransportConfig.forThreads(1),
        session.context().timing(),
        new TransportCounters());
  }

  /** Nothing of the user's own settings: they are about real tables. */
  private static CliContext surroundings(Session session, LocalServers servers, Path folder) {
    CliContext context = session.context();
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Streams streams = context.streams();
    Streams quiet =
        session.output().isJson()
            ? new Streams(streams.in(), nowhere, streams.err(), streams.terminals())
            : streams;
    Map<String, String> environment =
        Map.of(
            "DYNAVAULT_AWS_REGION", LocalView.REGION,
            "DYNAVAULT_DYNAMODB_ENDPOINT_URL", servers.dynamoDb().endpoint().toString(),
            "DYNAVAULT_S3_ENDPOINT_URL", servers.s3().endpoint().toString(),
            "NO_COLOR", context.environment().getOrDefault("NO_COLOR", ""));
    return new CliContext(quiet, environment, folder, context.timing(), context.ticker());
  }
}
