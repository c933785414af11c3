// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The blocks of commands that the guides show, one after the other. */
class GuidesIT {
  @RegisterExtension final Playground playground = new Playground();

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
            "security",
            "continuous-backup")) {
      blocks.addAll(ShellBlock.of(Playground.page("docs/guide/" + guide + ".md")));
    }
    assertThat(blocks.stream().flatMap(block -> block.needs().stream()))
        .containsExactly(
            "tags of tables, which DynamoDB Local does not have",
            "an interrupted backup",
            "AWS",
            "AWS",
            "somebody to tell",
            "AWS",
            "another S3 server",
            "a process that keeps running",
            "AWS");
    playground.fill("prod-orders");
    playground.create("orders-copy");
    Files.writeString(playground.file("orders.csv"), "pk,amount\ncustomer-9,17\n");
    playground.export("DYNAVAULT_VAULT", "s3://my-backups/vault");
    playground.reader().run("vault", "create").succeeds();
    playground.reader().run("backup", "--table", "orders").succeeds();
    Map<String, StringBuilder> pages = new LinkedHashMap<>();
    for (ShellBlock block : blocks) {
      if (block.needs().isEmpty()) {
        pages
            .computeIfAbsent(block.page(), page -> new StringBuilder("set -e\n"))
            .append(block.script());
      }
    }

    pages.values().forEach(script -> playground.reader().shell(script.toString()).succeeds());

    assertThat(playground.table("open-orders").contents()).hasSize(5);
    assertThat(playground.table("orders-copy").contents()).hasSize(1);
    assertThat(playground.table("dev-orders").contents().values())
        .hasSize(5)
        .noneMatch(item -> item.contains("@example.com"))
        .noneMatch(item -> item.contains("notes"))
        .allMatch(item -> item.contains("000"));
  }
}
