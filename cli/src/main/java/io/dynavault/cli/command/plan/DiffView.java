// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.plan.ObjectChange;
import io.dynavault.aws.awsbackup.plan.PlanDiff;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.View;
import java.util.Locale;

/** What has to be done so that the account is as a document says. */
record DiffView(PlanDiff diff) implements View {

  @Override
  public void text(Page page) {
    for (ObjectChange change : diff.changes()) {
      page.line(
          "%s %s %s %s",
          sign(change.action()),
          change.action().name().toLowerCase(Locale.ROOT),
          change.kind().text(),
          change.name());
      change.fields().forEach(field -> page.line("    " + text(field)));
    }
    if (diff.isEmpty()) {
      page.line("plan %s is as the document says", diff.document().name());
    } else {
      page.blank().line("%s", Counts.of(diff.changes().size(), "change"));
    }
    diff.notes().forEach(note -> page.line("note: " + note));
  }

  private static String sign(ObjectChange.Action action) {
    return switch (action) {
      case CREATE -> "+";
      case CHANGE, REPLACE -> "~";
      case DELETE -> "-";
    };
  }

  private static String text(ObjectChange.Field field) {
    if (field.before().isEmpty()) {
      return "+ " + field.path() + ": " + field.after().orElse("");
    }
    return field.after().isEmpty()
        ? "- " + field.path() + ": " + field.before().get()
        : "~ " + field.path() + ": " + field.before().get() + " -> " + field.after().get();
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object().put("plan", diff.document().name());
    ArrayNode changes = json.putArray("changes");
    diff.changes().forEach(change -> changes.add(json(change)));
    ArrayNode notes = json.putArray("notes");
    diff.notes().forEach(notes::add);
    return json;
  }

  static ObjectNode json(ObjectChange change) {
    ObjectNode node =
        Json.object()
            .put("action", change.action().name())
            .put("kind", change.kind().name())
            .put("name", change.name());
    ArrayNode fields = node.putArray("fields");
    for (ObjectChange.Field field : change.fields()) {
      ObjectNode one = fields.addObject().put("path", field.path());
      field.before().ifPresent(value -> one.put("before", value));
      field.after().ifPresent(value -> one.put("after", value));
    }
    return node;
  }
}
