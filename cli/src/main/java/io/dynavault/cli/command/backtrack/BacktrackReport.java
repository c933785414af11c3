// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backtrack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.history.AttributeText;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.backtrack.ActionListener;
import io.dynavault.core.backtrack.BacktrackPlan;
import io.dynavault.core.backtrack.BacktrackResult;
import io.dynavault.core.backtrack.ItemAction;
import io.dynavault.core.backtrack.UndoFile;
import io.dynavault.core.backtrack.UndoWriter;
import io.dynavault.core.history.AttributeChange;
import io.dynavault.core.history.AttributeChanges;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.write.ItemSwap;
import io.dynavault.format.item.KeyReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what becomes, or would become, of the items of a table. */
final class BacktrackReport implements ActionListener {
  private static final int SHOWN = 20;

  private final Output output;
  private final TableDefinition table;
  private final KeyReader keys;
  private final Detail detail;
  private final boolean guarded;
  private final ObjectNode subject;
  private Optional<BacktrackPlan> plan = Optional.empty();
  private long told;

  /** How much people see of the items; programs see all. */
  enum Detail {
    FIRST,
    ALL
  }

  /**
   * @param guarded whether items that change after the plan are left alone
   */
  BacktrackReport(Output output, TableDefinition table, Detail detail, boolean guarded) {
    this.output = requireNonNull(output, "output is null");
    this.table = requireNonNull(table, "table is null");
    this.detail = requireNonNull(detail, "detail is null");
    this.guarded = guarded;
    this.keys = new KeyReader(table.keySchema());
    this.subject = Json.object().put("tableName", table.tableName());
  }

  void waiting() {
    output.message(
        "waiting until the continuous backup has all changes up to now, at most two minutes;"
            + " --changed-to with a time that it has does without");
  }

  void begin(BacktrackPlan found) {
    plan = Optional.of(found);
    subject
        .put("toTime", Json.time(found.request().toTime()))
        .put("chain", found.chain().value())
        .put("completeTo", Json.time(found.completeTo()));
    output.message(
        "table %s back to %s, by its changes until %s"
            .formatted(
                table.tableName(),
                TimeText.moment(found.request().toTime()),
                TimeText.moment(found.completeTo())));
  }

  void begin(UndoFile file) {
    output.message(
        "table %s back to before %s: %s"
            .formatted(
                table.tableName(),
                TimeText.moment(file.header().created()),
                Counts.of(file.size(), "item")));
    if (file.isCut()) {
      output.warning(
          "the undo file has no end: its run was killed; items that are not in it were not"
              + " written");
    }
  }

  @Override
  public void action(ItemAction action) {
    told++;
    List<AttributeChange> changes = changes(action);
    if (output.isJson()) {
      output.event(MessageType.ITEM, json(action, changes));
    } else if (detail == Detail.ALL || told <= SHOWN) {
      output.page().line(line(action));
      if (detail == Detail.ALL) {
        AttributeText.lines(changes).forEach(line -> output.page().line("    " + line));
      }
    }
  }

  private List<AttributeChange> changes(ItemAction action) {
    if (action.swap().isEmpty()) {
      return List.of();
    }
    ItemSwap swap = action.swap().get();
    return AttributeChanges.between(swap.before(), swap.after(), table.keySchema());
  }

  private String line(ItemAction action) {
    String word = action.kind().name().toLowerCase(Locale.ROOT);
    String line = "%-7s  %s".formatted(word, keys.display(action.key()));
    return action.reason().isEmpty() ? line : line + ": " + action.reason();
  }

  private ObjectNode json(ItemAction action, List<AttributeChange> changes) {
    ObjectNode node =
        Json.object().put("action", action.kind().name()).put("key", keys.display(action.key()));
    if (action.swap().isPresent()) {
      node.set("differences", AttributeText.json(changes));
      AttributeText.put(node, "oldImage", action.swap().get().before());
      AttributeText.put(node, "newImage", action.swap().get().after());
    } else {
      node.put("reason", action.reason());
    }
    return node;
  }

  /** The end of a run that has done nothing. */
  ExitStatus planned(BacktrackResult result) {
    summary(result, Json.object().put("done", false));
    if (!output.isJson()) {
      Confirmation.remind(output.page(), result.actions() == 0);
      if (result.actions() > 0 && !guarded && plan.isPresent()) {
        output
            .page()
            .line(
                "With --unless-changed-since %s, what changes until then is left alone.",
                plan.get().completeTo());
      }
    }
    return ExitStatus.OK;
  }

  /** The end of a run that has done what it could. */
  ExitStatus done(BacktrackResult result, UndoWriter undo) {
    ObjectNode fields = Json.object().put("done", true);
    if (undo.swaps() > 0) {
      fields.put("undoFile", undo.file().toString());
    }
    summary(result, fields);
    if (!output.isJson()) {
      if (undo.swaps() > 0) {
        output.page().line("to take it back: %s", command(undo));
      }
      if (!result.complete()) {
        output
            .page()
            .line(
                "%s left alone: look at them, and run again to go on",
                Counts.of(result.changed() + result.refused(), "item"));
      }
    }
    return result.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
  }

  /** What a failure leaves. */
  void cutShort(UndoWriter undo) {
    if (undo.swaps() > 0) {
      output.warning(
          "up to %s of table %s written: run the same command again to go on; to take it back: %s"
              .formatted(Counts.of(undo.swaps(), "item"), table.tableName(), command(undo)));
    }
  }

  private static String command(UndoWriter undo) {
    return "dynavault backtrack --undo " + undo.file() + " --confirm";
  }

  private void summary(BacktrackResult result, ObjectNode fields) {
    if (output.isJson()) {
      output.event(MessageType.SUMMARY, subject.setAll(counts(fields, result)));
      return;
    }
    Page page = output.page();
    if (detail == Detail.FIRST && told > SHOWN) {
      page.line("... and %s more; --show or --json lists all", Counts.text(told - SHOWN));
    }
    if (told > 0) {
      page.blank();
    }
    page.table(
        TextTable.of(
                "TABLE",
                ">PUT",
                ">REPLACED",
                ">DELETED",
                ">UNCHANGED",
                ">FILTERED",
                ">CHANGED",
                ">REFUSED",
                ">WRITE UNITS",
                ">TOOK")
            .row(
                table.tableName(),
                Counts.text(result.put()),
                Counts.text(result.replaced()),
                Counts.text(result.deleted()),
                Counts.text(result.unchanged()),
                Counts.text(result.filtered()),
                Counts.text(result.changed()),
                Counts.text(result.refused()),
                Counts.text(Math.round(result.writeUnits())),
                TimeText.span(result.duration())));
    if (result.expired() > 0) {
      page.line(
          "%s of those put had expired: DynamoDB removes them again; --drop-expired leaves them"
              + " out",
          Counts.of(result.expired(), "item"));
    }
  }

  private static ObjectNode counts(ObjectNode fields, BacktrackResult result) {
    return fields
        .put("keys", result.keys())
        .put("putItems", result.put())
        .put("replacedItems", result.replaced())
        .put("deletedItems", result.deleted())
        .put("unchangedItems", result.unchanged())
        .put("filteredItems", result.filtered())
        .put("changedItems", result.changed())
        .put("refusedItems", result.refused())
        .put("expiredItems", result.expired())
        .put("writeUnits", result.writeUnits())
        .put("throttles", result.throttles())
        .put("durationSeconds", Json.seconds(result.duration()));
  }
}
