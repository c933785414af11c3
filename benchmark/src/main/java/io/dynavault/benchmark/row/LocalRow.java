// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.measure.Launched;
import io.dynavault.benchmark.report.Finding;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.sdk.SampleTable;
import io.dynavault.local.DynamoDbLocalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Backup and restore of a table of DynamoDB Local, whose speed is the limit. */
final class LocalRow implements Row {
  private static final String TABLE = "benchmark";

  @Override
  public String name() {
    return "local";
  }

  @Override
  public Section run(Bench bench) throws Exception {
    int items = bench.quick() ? 10_000 : 100_000;
    Path vault = bench.folder().resolve("local");
    try (DynamoDbLocalServer server = DynamoDbLocalServer.start()) {
      List<String> common =
          List.of("--vault", vault.toString(), "--endpoint-url", server.endpoint().toString());
      try (SampleTable table = new SampleTable(server.endpoint(), TABLE)) {
        table.fill(items);
      }
      Launched.run(bench.launcher(), "", command(common, "vault", "create"));
      double backup =
          Launched.run(bench.launcher(), "", command(common, "backup", "--table", TABLE)).seconds();
      bench.say("backup: %.1f s".formatted(backup));
      double restore =
          Launched.run(
                  bench.launcher(),
                  "",
                  command(common, "restore", TABLE, "--target-table", "restored"))
              .seconds();
      bench.say("restore: %.1f s".formatted(restore));
      return new Section(
          name(),
          "DynamoDB Local, %,d items of 600 bytes".formatted(items),
          List.of(
              Finding.below("backup, start of the command included", backup, 10, "s"),
              Finding.below("restore, start of the command included", restore, 25, "s")),
          List.of());
    } finally {
      Folders.remove(vault);
    }
  }

  private static List<String> command(List<String> common, String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(common);
    return command;
  }
}
