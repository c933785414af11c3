// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.backup.AwsBackupPlan;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.core.job.RunContext;
import java.util.List;

/** A planned backup by AWS Backup. */
record PlannedAwsBackup(AwsBackupPlan plan, Start start) implements PlannedBackup {

  /** Runs the plan. */
  @FunctionalInterface
  interface Start {
    BackedUpTable run(RunContext context) throws InterruptedException;
  }

  @Override
  public List<String> headings() {
    return List.of("TABLE", ">ITEMS", ">SIZE", "AWS BACKUP VAULT", "AWS LIFECYCLE");
  }

  @Override
  public List<List<String>> rows() {
    return List.of(
        List.of(
            plan.tableName(),
            "~" + Counts.text(plan.estimatedItems()),
            "~" + ByteSize.text(plan.estimatedBytes()),
            plan.request().backupVault(),
            plan.request().lifecycle().describe()));
  }

  @Override
  public ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("tableName", plan.tableName())
            .put("method", "AWS_BACKUP")
            .put("estimatedItems", plan.estimatedItems())
            .put("estimatedBytes", plan.estimatedBytes())
            .put("backupVault", plan.request().backupVault())
            .put("roleArn", plan.request().role());
    plan.request()
        .lifecycle()
        .deleteAfterDays()
        .ifPresent(days -> json.put("awsDeleteAfterDays", days));
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
