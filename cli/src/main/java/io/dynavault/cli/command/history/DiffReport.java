// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.core.history.AttributeChange;
import io.dynavault.core.history.AttributeChanges;
import io.dynavault.core.history.DiffResult;
import io.dynavault.core.history.ItemDifference;
import io.dynavault.format.item.KeyReader;
import java.util.List;
import java.util.Locale;

/** Prints the items that differ, one by one, and their numbers. */
final class DiffReport {
  private final Output output;
  private final KeyReader keys;
  private final long limit;
  private long printed;

  DiffReport(Output output, KeyReader keys, long limit) {
    this.output = requireNonNull(output, "output is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.limit = limit;
  }

  void print(ItemDifference difference) {
    if (printed++ >= limit) {
      return;
    }
    List<AttributeChange> changes =
        AttributeChanges.between(difference.before(), difference.after(), keys.schema());
    String key = keys.display(keys.read(difference.keys()));
    if (output.isJson()) {
      ObjectNode node = Json.object().put("difference", difference.kind().name()).put("key", key);
      node.set("differences", AttributeText.json(changes));
      AttributeText.put(node, "oldImage", difference.before());
      AttributeText.put(node, "newImage", difference.after());
      output.event(MessageType.ITEM, node);
    } else {
      String word = difference.kind().name().toLowerCase(Locale.ROOT);
      output.page().line("%-7s  %s", word, key);
      AttributeText.lines(changes).forEach(line -> output.page().line("    " + line));
    }
  }

  void summary(DiffResult result) {
    if (output.isJson()) {
      output.event(
          MessageType.SUMMARY,
          Json.object()
              .put("identical", result.identical())
              .put("same", result.same())
              .put("added", result.added())
              .put("removed", result.removed())
              .put("changed", result.changed()));
      return;
    }
    if (printed > limit) {
      output.page().line("... and %s more", Counts.text(printed - limit));
    }
    output
        .page()
        .line(
            "%s: %s the same, %s added, %s removed, %s changed",
            result.identical() ? "identical" : "not identical",
            Counts.of(result.same(), "item"),
            Counts.text(result.added()),
            Counts.text(result.removed()),
            Counts.text(result.changed()));
  }
}
