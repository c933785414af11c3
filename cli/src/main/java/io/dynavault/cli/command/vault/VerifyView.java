// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.Finding;
import io.dynavault.core.verify.Finding.Severity;
import io.dynavault.core.verify.VerifiedChain;
import io.dynavault.core.verify.VerifiedExport;
import io.dynavault.core.verify.VerifyResult;
import java.util.List;
import java.util.Locale;

/** What a verification found. */
record VerifyView(VerifyResult result) implements View {

  @Override
  public void text(Page page) {
    if (!result.exports().isEmpty()) {
      TextTable table =
          TextTable.of("TABLE", "RECOVERY POINT", ">FILES", ">READ", ">BYTES", ">ITEMS", "RESULT");
      result.exports().forEach(export -> addRow(table, export));
      page.table(table).blank();
    }
    if (!result.chains().isEmpty()) {
      TextTable table =
          TextTable.of(
              "TABLE", "CHAIN", ">COMMITS", ">FILES", ">READ", ">BYTES", ">CHANGES", "RESULT");
      result.chains().forEach(chain -> addRow(table, chain));
      page.table(table).blank();
    }
    for (Finding finding : result.findings()) {
      page.line("%s: %s: %s", word(finding.severity()), finding.place(), finding.what());
      if (!finding.remedy().isEmpty()) {
        page.line("  remedy: " + finding.remedy());
      }
    }
    if (result.repeatedReads() > 0) {
      page.line(
          "%s looked damaged at first and whole when read again: look after the connection",
          Counts.of(result.repeatedReads(), "object"));
    }
    page.line(summary());
  }

  private static void addRow(TextTable table, VerifiedExport export) {
    table.row(
        export.recoveryPoint().map(RecoveryPoint::tableName).orElse("-"),
        export.recoveryPoint().map(point -> point.id().value()).orElse(export.folder()),
        Counts.text(export.dataFiles()),
        Counts.text(export.filesRead()),
        ByteSize.text(export.bytesRead()),
        Counts.text(export.items()),
        export.sound() ? "sound" : "damaged");
  }

  private static void addRow(TextTable table, VerifiedChain chain) {
    table.row(
        chain.tableName(),
        chain.id().value(),
        Counts.text(chain.commits()),
        Counts.text(chain.files()),
        Counts.text(chain.filesRead()),
        ByteSize.text(chain.bytesRead()),
        Counts.text(chain.changes()),
        chain.sound() ? "sound" : "damaged");
  }

  private String summary() {
    return "%s: %s at level %s, %s, %s, %s"
        .formatted(
            result.sound() ? "sound" : "damaged",
            subjects(),
            result.level().name().toLowerCase(Locale.ROOT),
            Counts.of(result.count(Severity.ERROR), "error"),
            Counts.of(result.count(Severity.WARNING), "warning"),
            Counts.of(result.count(Severity.NOTE), "note"));
  }

  private String subjects() {
    String exports = Counts.of(result.exports().size(), "export");
    return result.chains().isEmpty()
        ? exports
        : exports + " and " + Counts.of(result.chains().size(), "continuous backup");
  }

  @Override
  public JsonNode json() {
    ObjectNode json =
        Json.object()
            .put("sound", result.sound())
            .put("level", result.level().name())
            .put("errors", result.count(Severity.ERROR))
            .put("warnings", result.count(Severity.WARNING))
            .put("notes", result.count(Severity.NOTE))
            .put("repeatedReads", result.repeatedReads());
    ArrayNode exports = json.putArray("exports");
    for (VerifiedExport export : result.exports()) {
      ObjectNode node = exports.addObject().put("folder", export.folder());
      export
          .recoveryPoint()
          .ifPresent(
              point ->
                  node.put("recoveryPointId", point.id().value())
                      .put("tableName", point.tableName()));
      node.put("dataFiles", export.dataFiles())
          .put("filesRead", export.filesRead())
          .put("bytesRead", export.bytesRead())
          .put("itemCount", export.items())
          .put("sound", export.sound());
      node.set("findings", findings(export.findings()));
    }
    ArrayNode chains = json.putArray("chains");
    result.chains().forEach(chain -> chains.add(json(chain)));
    json.set("vaultFindings", findings(result.vaultFindings()));
    return json;
  }

  private static ObjectNode json(VerifiedChain chain) {
    ObjectNode node =
        Json.object()
            .put("tableName", chain.tableName())
            .put("chain", chain.id().value())
            .put("commits", chain.commits())
            .put("files", chain.files())
            .put("filesRead", chain.filesRead())
            .put("bytesRead", chain.bytesRead())
            .put("changes", chain.changes())
            .put("sound", chain.sound());
    chain.completeTo().ifPresent(time -> node.put("completeTo", Json.time(time)));
    node.set("findings", findings(chain.findings()));
    return node;
  }

  private static ArrayNode findings(List<Finding> findings) {
    ArrayNode array = Json.array();
    for (Finding finding : findings) {
      ObjectNode node =
          array
              .addObject()
              .put("severity", finding.severity().name())
              .put("key", finding.key())
              .put("message", finding.what())
              .put("remedy", finding.remedy());
      finding.line().ifPresent(line -> node.put("line", line));
    }
    return array;
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
