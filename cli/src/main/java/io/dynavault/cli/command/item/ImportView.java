// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.load.LoadConflict;
import io.dynavault.core.load.LoadResult;
import java.util.Optional;

/** How an import ended. */
record ImportView(LoadResult result, LoadConflict onConflict) {

  void print(Output output, RunNotice notice) {
    if (!output.isJson()) {
      text(output.page());
      hint().ifPresent(hint -> output.error("HINT: " + hint));
    }
    output.event(MessageType.SUMMARY, notice.tellIn(json()));
  }

  private void text(Page page) {
    page.line(
        "imported %s into table %s, %s skipped, %s failed; %s write units, took %s",
        Counts.of(result.written(), "item"),
        result.tableName(),
        Counts.text(result.skipped()),
        Counts.text(result.failed()),
        Counts.text(Math.round(result.writeUnits())),
        TimeText.span(result.duration()));
  }

  private Optional<String> hint() {
    if (result.complete()) {
      return Optional.empty();
    }
    return Optional.of(
        onConflict == LoadConflict.FAIL
            ? "items whose key the table has already can be left out with --on-conflict skip, or"
                + " replaced with --on-conflict overwrite --confirm"
            : "correct the items that are named, and import them again");
  }

  private ObjectNode json() {
    return Json.object()
        .put("tableName", result.tableName())
        .put("readItems", result.read())
        .put("writtenItems", result.written())
        .put("skippedItems", result.skipped())
        .put("failedItems", result.failed())
        .put("writeUnits", result.writeUnits())
        .put("throttles", result.throttles())
        .put("durationSeconds", Json.seconds(result.duration()));
  }
}
