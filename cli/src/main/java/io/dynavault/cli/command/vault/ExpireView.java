// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlan.Action;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.Reason;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.window.ChainDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What retention would do, or did.
 *
 * @param result empty for a plan
 * @param notifications whom it could be told, where it was to be told
 */
record ExpireView(
    ExpirePlan plan, Optional<ExpireResult> result, Instant now, ObjectNode notifications)
    implements View {

  @Override
  public void text(Page page) {
    if (plan.decisions().isEmpty() && plan.chains().isEmpty()) {
      page.line("no recovery points");
      return;
    }
    ExpiredChainsText.show(page, plan.chains(), now);
    TextTable table = TextTable.of("TABLE", "RECOVERY POINT", ">AGE", ">STORED", "ACTION", "WHY");
    for (ExpirePlan.Decision decision : plan.decisions()) {
      RecoveryPoint point = decision.candidate().entry().point();
      table.row(
          point.tableName(),
          point.id().value(),
          TimeText.age(point.startTime(), now),
          ByteSize.text(point.storedBytes()),
          decision.action().name().toLowerCase(Locale.ROOT),
          decision.reasons().stream().map(Reason::text).collect(Collectors.joining(", ")));
    }
    page.table(table).blank();
    result.ifPresentOrElse(done -> done(page, done), () -> planned(page));
  }

  private void planned(Page page) {
    page.line(
        "%s of %s would be removed, %s.",
        Counts.text(plan.removed().size()),
        Counts.of(plan.decisions().size(), "recovery point"),
        ByteSize.text(plan.removedBytes()));
    ExpiredChainsText.planned(page, plan.chains());
    Confirmation.remind(
        page, plan.removed().isEmpty() && plan.chains().stream().noneMatch(ChainDecision::removes));
  }

  private static void done(Page page, ExpireResult done) {
    page.line(
        "removed %s, %s",
        Counts.of(done.removed().size(), "recovery point"), ByteSize.text(done.removedBytes()));
    ExpiredChainsText.done(page, done.chains());
    done.held().forEach(held -> page.line("kept: " + held.reason().getMessage()));
    done.failed().forEach(failed -> page.line("failed: " + failed.reason().getMessage()));
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", result.isPresent());
    ArrayNode decisions = json.putArray("recoveryPoints");
    for (ExpirePlan.Decision decision : plan.decisions()) {
      ObjectNode node = RecoveryPointJson.summary(decision.candidate().entry());
      node.put("action", decision.action() == Action.KEEP ? "KEEP" : "REMOVE");
      node.put("quality", decision.candidate().quality().name());
      ArrayNode reasons = node.putArray("reasons");
      for (Reason reason : decision.reasons()) {
        reasons.addObject().put("kind", reason.kind().name()).put("text", reason.text());
      }
      decisions.add(node);
    }
    if (!plan.chains().isEmpty()) {
      json.set("chains", ExpiredChainsText.json(plan.chains(), result));
    }
    json.put("removedCount", result.map(ExpireResult::removed).orElse(List.of()).size());
    json.put("removedBytes", result.map(ExpireResult::removedBytes).orElse(0L));
    result.ifPresent(
        done -> {
          json.set("held", notRemoved(done.held()));
          json.set("failed", notRemoved(done.failed()));
        });
    return json.setAll(notifications);
  }

  private static ArrayNode notRemoved(List<ExpireResult.NotRemoved> points) {
    ArrayNode array = Json.array();
    for (ExpireResult.NotRemoved point : points) {
      array
          .addObject()
          .put("recoveryPointId", point.entry().id().value())
          .put("tableName", point.entry().tableName())
          .put("error", point.reason().code().name())
          .put("message", point.reason().getMessage())
          .put("hint", point.reason().hint());
    }
    return array;
  }
}
