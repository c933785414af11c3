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
import io.dynavault.cli.output.View;
import io.dynavault.core.gc.Debris;
import io.dynavault.core.gc.GcPlan;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.store.UnfinishedUpload;
import java.util.List;
import java.util.Optional;

/**
 * What debris there is, and what became of it.
 *
 * @param result empty for a plan
 */
record GcView(GcPlan plan, Optional<GcResult> result) implements View {

  @Override
  public void text(Page page) {
    printDebris(page);
    List<GcPlan.Left> left = result.map(GcResult::left).orElse(plan.left());
    for (GcPlan.Left one : left) {
      page.line(
          "left: %s of %s %s: %s", one.what(), one.point().table(), one.point().id(), one.reason());
    }
    boolean nothing = plan.debris().isEmpty() && plan.uploads().isEmpty();
    if (nothing) {
      page.line("nothing to remove");
      return;
    }
    page.blank();
    result.ifPresentOrElse(done -> printDone(page, done), () -> printPlanned(page));
  }

  private void printDebris(Page page) {
    if (!plan.debris().isEmpty()) {
      TextTable table = TextTable.of("TABLE", "ID", ">OBJECTS", ">SIZE", "WHAT");
      for (Debris debris : plan.debris()) {
        table.row(
            debris.point().table(),
            debris.point().id(),
            Counts.text(debris.keys().size()),
            ByteSize.text(debris.bytes()),
            debris.kind().text());
      }
      page.table(table);
    }
    for (UnfinishedUpload upload : plan.uploads()) {
      page.line("unfinished upload of %s", upload.key().orElse(upload.id()));
    }
  }

  private void printPlanned(Page page) {
    page.line(
        "%s in %s and %s would be removed.",
        ByteSize.text(plan.bytes()),
        Counts.of(plan.debris().size(), "find"),
        Counts.of(plan.uploads().size(), "unfinished upload"));
    Confirmation.remind(page, false);
  }

  private static void printDone(Page page, GcResult done) {
    page.line(
        "removed %s in %s and %s",
        ByteSize.text(done.removedBytes()),
        Counts.of(done.removed().size(), "find"),
        Counts.of(done.uploads(), "unfinished upload"));
    done.failed().forEach(failed -> page.line("failed: " + failed.reason().getMessage()));
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("done", result.isPresent());
    ArrayNode finds = json.putArray("debris");
    plan.debris().forEach(debris -> finds.add(json(debris)));
    ArrayNode uploads = json.putArray("unfinishedUploads");
    for (UnfinishedUpload upload : plan.uploads()) {
      ObjectNode node = uploads.addObject().put("id", upload.id());
      upload.key().ifPresent(key -> node.put("key", key));
      node.put("lastActive", Json.time(upload.lastActive()));
    }
    ArrayNode left = json.putArray("left");
    for (GcPlan.Left one : result.map(GcResult::left).orElse(plan.left())) {
      left.addObject()
          .put("what", one.what())
          .put("tableName", one.point().table())
          .put("id", one.point().id())
          .put("reason", one.reason());
    }
    result.ifPresent(done -> putDone(json, done));
    return json;
  }

  private static void putDone(ObjectNode json, GcResult done) {
    json.put("removedCount", done.removed().size());
    json.put("removedBytes", done.removedBytes());
    json.put("discardedUploads", done.uploads());
    ArrayNode failed = json.putArray("failed");
    for (GcResult.Failed one : done.failed()) {
      failed
          .addObject()
          .put("tableName", one.debris().point().table())
          .put("id", one.debris().point().id())
          .put("error", one.reason().code().name())
          .put("message", one.reason().getMessage());
    }
  }

  private static ObjectNode json(Debris debris) {
    ObjectNode node =
        Json.object()
            .put("kind", debris.kind().name())
            .put("tableName", debris.point().table())
            .put("id", debris.point().id())
            .put("bytes", debris.bytes());
    ArrayNode keys = node.putArray("keys");
    debris.keys().forEach(keys::add);
    return node;
  }
}
