// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.local.demo.AttributeJson;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that the runbooks show. */
class RunbooksIT {
  @RegisterExtension final Playground playground = new Playground();

  /** Each in the trouble that it is for; what it shows of the output has to be in the output. */
  @Test
  void runbooksHelpInTheTroubleThatTheyAreFor() throws IOException {
    playground.export("DYNAVAULT_VAULT", "s3://my-backups/vault");
    playground.reader().run("vault", "create").succeeds();
    playground.reader().run("backup", "--table", "orders").succeeds();
    LiveTable orders = playground.table("orders");
    SortedMap<String, String> before = orders.contents();

    orders.drop();
    follow("table-deleted", "");
    assertThat(orders.contents()).isEqualTo(before);

    String beforeTheDeploy = Instant.now().toString();
    playground.fill("orders-1402");
    writeGarbageTo(orders);
    follow("bad-deploy", beforeTheDeploy);
    assertThat(orders.contents()).isEqualTo(before);

    playground.createBucket("acme-copies");
    playground.reader().run("vault", "create", "--vault", "s3://acme-copies/vault").succeeds();
    playground
        .reader()
        .run("copy", "--target-vault", "s3://acme-copies/vault", "--table", "orders")
        .succeeds();
    orders.drop();
    follow("region-lost", "");
    assertThat(orders.contents()).isEqualTo(before);

    follow("backup-job-fails", "");
    follow("costs-too-high", "");
    follow("restore-under-pressure", "");
    assertThat(playground.reader().run("list", "--json").succeeds().json().path("recoveryPoints"))
        .isNotEmpty();
  }

  private static void writeGarbageTo(LiveTable orders) {
    orders.put(AttributeJson.item(Map.of("pk", AttributeJson.string("customer-1"))));
    orders.put(AttributeJson.item(Map.of("pk", AttributeJson.string("customer-9"))));
    orders.delete("{\"pk\":{\"S\":\"customer-3\"}}");
  }

  private void follow(String runbook, String time) throws IOException {
    Path page = Playground.page("docs/runbooks/" + runbook + ".md");
    assertThat(ShellBlock.of(page)).allMatch(block -> block.needs().isPresent());
    playground.runAsShown(
        ShownCommand.of(page).stream()
            .map(command -> command.replacing("2026-11-21T14:02:59+01:00", time))
            .toList());
  }
}
