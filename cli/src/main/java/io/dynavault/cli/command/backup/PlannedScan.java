// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.job.RunContext;
import java.time.Duration;
import java.util.List;

/** A planned backup by scan. */
record PlannedScan(BackupPlan plan, Start start) implements PlannedBackup {

  /** Runs the plan. */
  @FunctionalInterface
  interface Start {
    BackedUpTable run(RunContext context) throws InterruptedException;
  }

  @Override
  public List<String> headings() {
    return List.of("TABLE", ">ITEMS", ">SIZE", ">SEGMENTS", ">READ UNITS", ">UNITS/S", ">AT LEAST");
  }

  @Override
  public List<List<String>> rows() {
    return List.of(
        List.of(
            plan.table().tableName(),
            "~" + Counts.text(plan.estimatedItems()),
            "~" + ByteSize.text(plan.estimatedBytes()),
            Counts.text(plan.totalSegments()),
            "~" + Counts.text(plan.estimatedReadUnits()),
            plan.unitsPerSecond().isPresent()
                ? Counts.text(Math.round(plan.unitsPerSecond().getAsDouble()))
                : "unlimited",
            duration(plan.estimatedDuration())));
  }

  private static String duration(Duration duration) {
    return duration.isZero() ? "-" : TimeText.span(duration);
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("tableName", plan.table().tableName())
            .put("method", "SCAN")
            .put("estimatedItems", plan.estimatedItems())
            .put("estimatedBytes", plan.estimatedBytes())
            .put("totalSegments", plan.totalSegments())
            .put("workers", plan.options().workers())
            .put("estimatedReadUnits", plan.estimatedReadUnits())
            .put("outputFormat", plan.options().outputFormat().name())
            .put("compression", plan.options().compression().name())
            .put("filtered", plan.query().filtered());
    plan.unitsPerSecond().ifPresent(units -> json.put("unitsPerSecond", units));
    return json;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public BackedUpTable run(RunContext context) throws InterruptedException {
    return start.run(context);
  }
}
