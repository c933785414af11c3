// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An export that AWS wrote in May 2024, three items with all ten types, in another folder. */
class AwsExportIT {
  private static final String ID = "01715685260608-c488b4e1";

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private String location;

  @BeforeEach
  void copyTheExport() throws IOException {
    Path source =
        Path.of(Launcher.property("dynavault.sources"))
            .resolve("format/src/test/resources/real-export/dynamodb-export/AWSDynamoDB")
            .resolve(ID);
    Path target = sandbox.file("moved/" + ID);
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    location = target.toString();
  }

  @Test
  void isVerifiedRestoredAndCompared() {
    LiveTable table = sandbox.made(Sandbox.newName());

    sandbox.run("verify", location).succeeds();
    Finished restore =
        sandbox.run("restore", location, "--target-table", table.name(), "--key-schema", "id:S");

    restore.succeeds();
    Map<String, String> items = table.contents();
    assertThat(items.keySet())
        .containsExactlyInAnyOrder(
            "{\"id\":{\"S\":\"foo\"}}",
            "{\"id\":{\"S\":\"bar\"}}",
            "{\"id\":{\"S\":\"K3TXQk84Si\"}}");
    assertThat(items)
        .containsEntry(
            "{\"id\":{\"S\":\"bar\"}}", "{\"baz\":{\"N\":\"0\"},\"id\":{\"S\":\"bar\"}}");
    sandbox.run("compare", location, "--with", table.name()).succeeds();
  }

  @Test
  void isPrintedLineByLine() {
    List<JsonNode> lines = sandbox.run("cat", location).succeeds().jsonLines();

    assertThat(lines).hasSize(3).allMatch(line -> line.path("Item").path("id").has("S"));
    assertThat(sandbox.run("cat", location, "--limit", "1").succeeds().out().lines()).hasSize(1);
  }

  @Test
  void needsToBeToldItsKey() {
    assertThat(sandbox.run("restore", location, "--target-table", "not-made").exits(2).err())
        .isEqualTo(
            """
            error: unable to create table 'not-made': the export does not say what its key is
            HINT: give it with --key-schema, such as --key-schema pk:S,sk:N, or restore into a table that exists with --on-conflict
            """);
    assertThat(
            sandbox
                .run("restore", location, "--target-table", "not-made", "--key-schema", "pk:S")
                .exits(13)
                .err())
        .contains("key attribute 'pk' of an item is missing\nHINT: ");
    sandbox.run("backup", "--table", "not-made", "--vault", "none").exits(10);
  }
}
