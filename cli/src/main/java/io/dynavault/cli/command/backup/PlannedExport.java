// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.export.ExportOrder;
import io.dynavault.aws.export.ExportPlan;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.core.job.RunContext;
import io.dynavault.format.export.ExportSpan;
import java.time.Instant;
import java.util.List;

/** A planned backup by export: one export, or one for each window of changes. */
record PlannedExport(ExportPlan plan, Start start) implements PlannedBackup {

  /** Runs the plan. */
  @FunctionalInterface
  interface Start {
    BackedUpTable run(RunContext context) throws InterruptedException;
  }

  @Override
  public List<String> headings() {
    return List.of("TABLE", "EXPORT", "FROM", "TO", ">ITEMS", ">SIZE", "S3 PREFIX");
  }

  @Override
  public List<List<String>> rows() {
    return plan.orders().stream().map(this::row).toList();
  }

  private List<String> row(ExportOrder order) {
    String prefix = "s3://" + order.place().bucket() + "/" + order.place().s3Prefix();
    if (order.span() instanceof ExportSpan.Window window) {
      return List.of(
          plan.tableName(), "changes", text(window.from()), text(window.to()), "-", "-", prefix);
    }
    return List.of(
        plan.tableName(),
        "full",
        "-",
        text(((ExportSpan.Moment) order.span()).exportTime()),
        "~" + Counts.text(plan.estimatedItems()),
        "~" + ByteSize.text(plan.estimatedBytes()),
        prefix);
  }

  private static String text(Instant time) {
    return time.toString();
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("tableName", plan.tableName())
            .put("method", "EXPORT")
            .put("estimatedItems", plan.estimatedItems())
            .put("estimatedBytes", plan.estimatedBytes());
    ArrayNode exports = json.putArray("exports");
    for (ExportOrder order : plan.orders()) {
      ObjectNode node =
          exports
              .addObject()
              .put("exportType", order.span().exportType().name())
              .put("outputFormat", order.options().format().name())
              .put("s3Bucket", order.place().bucket())
              .put("s3Prefix", order.place().s3Prefix());
      if (order.span() instanceof ExportSpan.Window window) {
        node.put("from", Json.time(window.from())).put("to", Json.time(window.to()));
        node.put("view", window.view().name());
      } else {
        node.put("exportTime", Json.time(((ExportSpan.Moment) order.span()).exportTime()));
      }
    }
    ArrayNode notes = json.putArray("notes");
    plan.notes().forEach(notes::add);
    return json;
  }

  @Override
  public List<String> notes() {
    return plan.notes();
  }

  @Override
  public BackedUpTable run(RunContext context) throws InterruptedException {
    return start.run(context);
  }
}
