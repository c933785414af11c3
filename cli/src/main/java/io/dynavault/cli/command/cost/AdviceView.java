// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.advise.Advice;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.cost.BackupSchedule;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The methods of backup side by side. */
record AdviceView(Advice advice, BackupSchedule schedule, String currency) implements View {
  @Override
  public void text(Page page) {
    page.line(
        "%s: %d backups a month, kept for %d days",
        advice.facts().tableName(), schedule.backupsPerMonth(), schedule.retentionDays());
    page.blank();
    TextTable table =
        TextTable.of(
            "METHOD",
            ">LOSES AT MOST",
            "RESTORE TAKES",
            ">" + currency + " A MONTH",
            ">" + currency + " A RESTORE",
            "NEEDS");
    for (Advice.Row row : advice.rows()) {
      table.row(
          row.method().text(),
          TimeText.span(row.losesAtMost()),
          row.writing().map(time -> "about " + TimeText.span(time)).orElse("minutes to hours"),
          amount(row.monthly()),
          amount(row.restore()),
          row.missing().orElse("-"));
    }
    page.table(table).blank();
    for (Advice.Row row : advice.rows()) {
      page.line("%s reaches: %s", row.method().text(), row.method().reach());
      row.method().notCovered().forEach(what -> page.line("  not covered: %s", what));
    }
    page.blank();
    page.line("Recommended: --method %s, because %s.", method(), advice.recommended().reason());
    advice.hints().forEach(hint -> page.line("Also: %s.", hint));
  }

  private String method() {
    return switch (advice.recommended().method()) {
      case SCAN -> "scan";
      case EXPORT -> "export";
      case ON_DEMAND -> "on-demand";
      case AWS_BACKUP -> "aws-backup";
    };
  }

  private static String amount(BigDecimal amount) {
    int decimals = amount.compareTo(BigDecimal.ONE) < 0 ? 4 : 2;
    return amount.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  @Override
  public JsonNode json() {
    ObjectNode json =
        Json.object()
            .put("tableName", advice.facts().tableName())
            .put("backupsPerMonth", schedule.backupsPerMonth())
            .put("retentionDays", schedule.retentionDays())
            .put("currency", currency)
            .put("recommended", advice.recommended().method().name())
            .put("reason", advice.recommended().reason());
    ArrayNode methods = json.putArray("methods");
    for (Advice.Row row : advice.rows()) {
      ObjectNode node =
          methods
              .addObject()
              .put("method", row.method().name())
              .put("recoveryPointObjectiveSeconds", row.losesAtMost().toSeconds())
              .put("costPerMonth", row.monthly().setScale(6, RoundingMode.HALF_UP))
              .put("costPerRestore", row.restore().setScale(6, RoundingMode.HALF_UP))
              .put("restoredByAws", row.method().restoredByAws())
              .put("reach", row.method().reach());
      row.writing().ifPresent(time -> node.put("restoreSeconds", time.toSeconds()));
      row.missing().ifPresent(what -> node.put("needs", what));
      ArrayNode not = node.putArray("notCovered");
      row.method().notCovered().forEach(not::add);
    }
    ArrayNode hints = json.putArray("hints");
    advice.hints().forEach(hints::add);
    return json;
  }
}
