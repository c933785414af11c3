// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.AwsRecoveryPoint;
import io.dynavault.aws.awsbackup.AwsVault;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.cli.output.Json;

/** What is in AWS Backup as JSON. */
final class AwsJson {
  private AwsJson() {}

  static ObjectNode vault(AwsVault vault) {
    ObjectNode json = Json.object().put("name", vault.name()).put("arn", vault.arn());
    vault.key().ifPresent(key -> json.put("encryptionKeyArn", key));
    vault.created().ifPresent(time -> json.put("created", Json.time(time)));
    json.put("recoveryPointCount", vault.recoveryPoints()).put("locked", vault.locked());
    vault.minDays().ifPresent(days -> json.put("minRetentionDays", days));
    vault.maxDays().ifPresent(days -> json.put("maxRetentionDays", days));
    vault.lockDate().ifPresent(time -> json.put("lockDate", Json.time(time)));
    return json;
  }

  static ObjectNode job(AwsJob job) {
    ObjectNode json =
        Json.object()
            .put("kind", job.kind().name())
            .put("jobId", job.id())
            .put("state", job.state().name());
    job.table().ifPresent(table -> json.put("tableName", table));
    job.resourceArn().ifPresent(arn -> json.put("resourceArn", arn));
    job.vault().ifPresent(vault -> json.put("vault", vault));
    job.recoveryPointArn().ifPresent(arn -> json.put("recoveryPointArn", arn));
    job.resultArn().ifPresent(arn -> json.put("createdArn", arn));
    job.created().ifPresent(time -> json.put("created", Json.time(time)));
    job.completed().ifPresent(time -> json.put("completed", Json.time(time)));
    job.bytes().ifPresent(bytes -> json.put("sizeBytes", bytes));
    job.percentDone().ifPresent(percent -> json.put("percentDone", percent));
    job.message().ifPresent(message -> json.put("message", message));
    job.plan().ifPresent(plan -> json.put("plan", plan));
    return json;
  }

  static ObjectNode point(AwsRecoveryPoint point) {
    ObjectNode json =
        Json.object().put("recoveryPointArn", point.arn()).put("vault", point.vault());
    point.table().ifPresent(table -> json.put("tableName", table));
    json.put("status", point.status());
    point.created().ifPresent(time -> json.put("created", Json.time(time)));
    point.bytes().ifPresent(bytes -> json.put("sizeBytes", bytes));
    point.storageClass().ifPresent(name -> json.put("storageClass", name));
    json.put("advanced", point.isAdvanced());
    point.lifecycle().ifPresent(lifecycle -> json.setAll(lifecycle(lifecycle)));
    point.coldAt().ifPresent(time -> json.put("coldAt", Json.time(time)));
    point.deleteAt().ifPresent(time -> json.put("deleteAt", Json.time(time)));
    point.message().ifPresent(message -> json.put("message", message));
    return json;
  }

  static ObjectNode lifecycle(Lifecycle lifecycle) {
    ObjectNode json = Json.object();
    lifecycle.coldAfterDays().ifPresent(days -> json.put("coldAfterDays", days));
    lifecycle.deleteAfterDays().ifPresent(days -> json.put("deleteAfterDays", days));
    return json;
  }
}
