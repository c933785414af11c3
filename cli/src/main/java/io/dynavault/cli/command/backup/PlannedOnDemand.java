// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.ondemand.OnDemandPlan;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.core.job.RunContext;
import java.util.List;

/** A planned backup that DynamoDB keeps. */
record PlannedOnDemand(OnDemandPlan plan, Start start) implements PlannedBackup {

  /** Runs the plan. */
  @FunctionalInterface
  interface Start {
    BackedUpTable run(RunContext context) throws InterruptedException;
  }

  @Override
  public List<String> headings() {
    return List.of("TABLE", "BACKUP", ">ITEMS", ">SIZE");
  }

  @Override
  public List<List<String>> rows() {
    return List.of(
        List.of(
            plan.tableName(),
            plan.name().value(),
            "~" + Counts.text(plan.estimatedItems()),
            "~" + ByteSize.text(plan.estimatedBytes())));
  }

  @Override
  public ObjectNode json() {
    return Json.object()
        .put("tableName", plan.tableName())
        .put("method", "ON_DEMAND")
        .put("backupName", plan.name().value())
        .put("estimatedItems", plan.estimatedItems())
        .put("estimatedBytes", plan.estimatedBytes());
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
