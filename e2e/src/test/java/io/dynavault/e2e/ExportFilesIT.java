// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.local.demo.OrdersTable;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The files of a backup, read with the tools that every system has. */
class ExportFilesIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private LiveTable table;
  private String export;

  @BeforeEach
  void backUp() {
    table = sandbox.fill(new OrdersTable(Sandbox.newName()));
    sandbox.run("vault", "create").succeeds();
    sandbox.run("backup", "--table", table.name()).succeeds();
    export = sandbox.run("describe", "--json").json().path("exportPrefix").textValue();
  }

  @Test
  void haveTheLayoutOfAnExportByAws() {
    Path folder = sandbox.file("vault/" + export);

    assertThat(export)
        .matches("\\d{4}-\\d\\d-\\d\\d/" + table.name() + "/AWSDynamoDB/\\d{14}-\\w{8}");
    assertThat(sandbox.files("vault/" + export))
        .extracting(file -> folder.relativize(file).toString())
        .filteredOn(name -> !name.startsWith("data/"))
        .containsExactly(
            "_started",
            "manifest-files.json",
            "manifest-files.md5",
            "manifest-summary.json",
            "manifest-summary.md5");
    assertThat(sandbox.files("vault/" + export + "/data"))
        .isNotEmpty()
        .allMatch(file -> file.getFileName().toString().matches("[a-z2-7]{26}\\.json\\.gz"));
  }

  @Test
  void gunzipReadsEveryItem() throws Exception {
    Finished gunzip = shell("gunzip -t data/*.gz && gunzip -c data/*.gz");

    Map<String, String> items = new TreeMap<>();
    for (JsonNode line : gunzip.succeeds().jsonLines()) {
      JsonNode item = line.path("Item");
      items.put(item.at("/order_id/S").asText() + item.at("/item_id/S").asText(), sorted(item));
    }
    Map<String, String> expected = new TreeMap<>();
    for (String item : table.contents().values()) {
      JsonNode json = JSON.readTree(item);
      expected.put(json.at("/order_id/S").asText() + json.at("/item_id/S").asText(), sorted(json));
    }
    assertThat(items).isEqualTo(expected);
  }

  @Test
  void theSumsOfMd5AreThoseOfTheFiles() throws Exception {
    Path folder = sandbox.file("vault/" + export);

    Finished manifests =
        shell(
            """
            for f in manifest-files manifest-summary; do
              openssl md5 -binary $f.json | base64 | tr -d '\\n' | cmp - $f.md5 || exit 1
            done
            """);

    manifests.succeeds();
    for (String line : Files.readAllLines(folder.resolve("manifest-files.json"))) {
      JsonNode file = JSON.readTree(line);
      String key = file.path("dataFileS3Key").textValue();
      Finished sum = shell("openssl md5 -binary data/" + key.replaceFirst(".*/", "") + " | base64");
      assertThat(sum.succeeds().out().strip()).isEqualTo(file.path("md5Checksum").textValue());
    }
    long items =
        Files.readAllLines(folder.resolve("manifest-files.json")).stream()
            .map(ExportFilesIT::parse)
            .mapToLong(file -> file.path("itemCount").longValue())
            .sum();
    JsonNode summary = parse(Files.readString(folder.resolve("manifest-summary.json")));
    assertThat(summary.path("itemCount").longValue()).isEqualTo(items);
    assertThat(summary.path("outputFormat").textValue()).isEqualTo("DYNAMODB_JSON");
  }

  private Finished shell(String commandLine) {
    return sandbox.launcher().shell("cd 'vault/" + export + "' && " + commandLine);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static String sorted(JsonNode item) {
    return item.properties().stream()
        .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
        .sorted()
        .collect(Collectors.joining(","));
  }
}
