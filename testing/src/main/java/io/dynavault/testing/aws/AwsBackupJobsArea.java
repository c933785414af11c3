// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.AwsBackupState.Point;
import io.dynavault.testing.aws.AwsBackupState.Vault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Backup, copy and restore jobs of AWS Backup. A job is CREATED when it is first looked at, RUNNING
 * from then on and has ended when its looks are used up; the vault's lock makes it fail as at AWS.
 */
final class AwsBackupJobsArea implements ServiceArea {
  private final AwsBackupState state;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, String> byToken = new LinkedHashMap<>();

  AwsBackupJobsArea(AwsBackupState state) {
    this.state = requireNonNull(state, "state is null");
  }

  private static final class Job {
    final String kind;
    final ObjectNode description;
    final Pending pending;
    final Runnable work;
    int looks;

    Job(String kind, ObjectNode description, Pending pending, Runnable work) {
      this.kind = kind;
      this.description = description;
      this.pending = pending;
      this.work = work;
    }

    String stateMember() {
      return kind.equals("Restore") ? "Status" : "State";
    }

    String state() {
      return description.path(stateMember()).asText();
    }

    void state(String text) {
      description.put(stateMember(), text);
    }
  }

  @Override
  public void register(Operations operations) {
    operations.rest("PUT", "/backup-jobs", "StartBackupJob", this::startBackup);
    operations.rest("GET", "/backup-jobs", "ListBackupJobs", r -> list(r, "Backup"));
    operations.rest("GET", "/backup-jobs/{backupJobId}", "DescribeBackupJob", this::describeBackup);
    operations.rest("POST", "/backup-jobs/{backupJobId}", "StopBackupJob", this::stop);
    operations.rest("PUT", "/copy-jobs", "StartCopyJob", this::startCopy);
    operations.rest("GET", "/copy-jobs", "ListCopyJobs", r -> list(r, "Copy"));
    operations.rest("GET", "/copy-jobs/{copyJobId}", "DescribeCopyJob", this::describeCopy);
    operations.rest("PUT", "/restore-jobs", "StartRestoreJob", this::startRestore);
    operations.rest("GET", "/restore-jobs", "ListRestoreJobs", r -> list(r, "Restore"));
    operations.rest(
        "GET", "/restore-jobs/{restoreJobId}", "DescribeRestoreJob", this::describeRestore);
  }

  private JsonNode startBackup(StubRequest request) {
    Vault vault =
        state.vault(AwsBackupState.required(request, "BackupVaultName"), "StartBackupJob");
    String resource = AwsBackupState.required(request, "ResourceArn");
    requireRole(request);
    AwsBackupState.requireLifecycle("", request.members().path("Lifecycle"));
    String table = StubContext.tableName(resource);
    ObjectNode description =
        state
            .context
            .tables()
            .describe(request.call(), table)
            .orElseThrow(() -> AwsBackupState.notFound("Table not found: " + table));
    if (runs(resource)) {
      return answer(
          expired(
              request,
              resource,
              "\"Backup job failed because there was a running job for the same resource.\""));
    }
    Optional<Job> again = again(request);
    if (again.isPresent()) {
      return answer(again.get());
    }
    List<JsonNode> items = state.context.tables().items(request.call(), table);
    ObjectNode point = newPoint(request, vault, resource, description);
    state.setLifecycle(point, request.members().path("Lifecycle"));
    ObjectNode job =
        newJob(request, "Backup")
            .put("BackupVaultName", point.path("BackupVaultName").asText())
            .put("BackupVaultArn", point.path("BackupVaultArn").asText())
            .put("ResourceArn", resource)
            .put("ResourceName", table)
            .put("BackupSizeInBytes", point.path("BackupSizeInBytes").asLong());
    if (state.advanced) {
      job.put("RecoveryPointArn", point.path("RecoveryPointArn").asText());
    }
    return answer(
        begin(
            request,
            "Backup",
            job,
            () -> {
              job.put("RecoveryPointArn", point.path("RecoveryPointArn").asText());
              state.points.put(
                  point.path("RecoveryPointArn").asText(), new Point(point, description, items));
            },
            refusal(vault, request.members().path("Lifecycle"))));
  }

  private ObjectNode newPoint(
      StubRequest request, Vault vault, String resource, ObjectNode description) {
    String arn =
        state.advanced
            ? AwsBackupState.arn(request, "recovery-point:" + state.uuid())
            : resource + "/backup/" + state.context.newId(state.now());
    ObjectNode point =
        Wire.object()
            .put("RecoveryPointArn", arn)
            .put("BackupVaultName", vault.description.path("BackupVaultName").asText())
            .put("BackupVaultArn", vault.description.path("BackupVaultArn").asText())
            .put("ResourceArn", resource)
            .put("ResourceType", "DynamoDB")
            .put("Status", "COMPLETED")
            .put("StorageClass", "WARM")
            .put("IsEncrypted", true)
            .put("BackupSizeInBytes", description.path("TableSizeBytes").asLong());
    state.time(point, "CreationDate", state.now());
    return point;
  }

  private JsonNode startCopy(StubRequest request) {
    Point source = point(request);
    requireRole(request);
    if (!source.text("RecoveryPointArn").contains(":recovery-point:")) {
      throw AwsBackupState.refused(
          "Copy is not supported for recovery points without the advanced features");
    }
    String target = AwsBackupState.required(request, "DestinationBackupVaultArn");
    ObjectNode copy =
        source
            .description()
            .deepCopy()
            .put("RecoveryPointArn", AwsBackupState.arn(request, "recovery-point:" + state.uuid()))
            .put("BackupVaultArn", target)
            .put("BackupVaultName", target.substring(target.lastIndexOf(':') + 1));
    if (request.has("Lifecycle")) {
      AwsBackupState.requireLifecycle("", request.members().path("Lifecycle"));
      state.setLifecycle(copy, request.members().path("Lifecycle"));
    }
    ObjectNode job =
        newJob(request, "Copy")
            .put("SourceBackupVaultArn", source.text("BackupVaultArn"))
            .put("SourceRecoveryPointArn", source.text("RecoveryPointArn"))
            .put("DestinationBackupVaultArn", target)
            .put("ResourceArn", source.text("ResourceArn"))
            .put("BackupSizeInBytes", source.description().path("BackupSizeInBytes").asLong());
    Vault vault = state.vaults.get(copy.path("BackupVaultName").asText());
    Optional<String> refusal =
        vault == null
            ? Optional.of("Copy job failed because the destination vault does not exist.")
            : refusal(vault, copy.path("Lifecycle"));
    return answer(
        begin(
            request,
            "Copy",
            job,
            () -> {
              job.put("DestinationRecoveryPointArn", copy.path("RecoveryPointArn").asText());
              state.points.put(
                  copy.path("RecoveryPointArn").asText(),
                  new Point(copy, source.table(), source.items()));
            },
            refusal));
  }

  private JsonNode startRestore(StubRequest request) {
    Point point = point(request);
    requireRole(request);
    JsonNode metadata = request.members().path("Metadata");
    String target = metadata.path("targetTableName").asText();
    if (target.isEmpty()) {
      throw AwsBackupState.invalid("Invalid restore metadata. targetTableName is missing");
    }
    boolean exists = state.context.tables().describe(request.call(), target).isPresent();
    ObjectNode job =
        newJob(request, "Restore")
            .put("RecoveryPointArn", point.text("RecoveryPointArn"))
            .put("SourceResourceArn", point.text("ResourceArn"))
            .put("BackupVaultArn", point.text("BackupVaultArn"))
            .put("BackupSizeInBytes", point.description().path("BackupSizeInBytes").asLong());
    return answer(
        begin(
            request,
            "Restore",
            job,
            () -> {
              state
                  .context
                  .tables()
                  .create(request.call(), AwsBackupTables.definition(point, target), point.items());
              job.put("CreatedResourceArn", StubContext.tableArn(request.region(), target));
            },
            exists ? Optional.of("Table already exists: " + target) : Optional.empty()));
  }

  private Point point(StubRequest request) {
    String arn = AwsBackupState.required(request, "RecoveryPointArn");
    return Optional.ofNullable(state.points.get(arn))
        .orElseThrow(() -> AwsBackupState.notFound("Recovery point " + arn + " does not exist"));
  }

  private static void requireRole(StubRequest request) {
    String role = AwsBackupState.required(request, "IamRoleArn");
    if (role.contains("untrusted")) {
      throw AwsBackupState.invalid("IAM Role " + role + " cannot be assumed by AWS Backup");
    }
  }

  /** A lock makes the job fail, not the call. */
  private static Optional<String> refusal(Vault vault, JsonNode lifecycle) {
    long days = lifecycle.path("DeleteAfterDays").asLong(Long.MAX_VALUE);
    long min = vault.description.path("MinRetentionDays").asLong(1);
    long max = vault.description.path("MaxRetentionDays").asLong(Long.MAX_VALUE);
    return vault.locked() && (days < min || days > max)
        ? Optional.of("Job failed because its retention is outside of the vault's lock.")
        : Optional.empty();
  }

  private boolean runs(String resource) {
    return jobs.values().stream()
        .anyMatch(
            job ->
                job.kind.equals("Backup")
                    && job.description.path("ResourceArn").asText().equals(resource)
                    && List.of("CREATED", "RUNNING").contains(job.state()));
  }

  private Optional<Job> again(StubRequest request) {
    return request
        .text("IdempotencyToken")
        .map(token -> byToken.get(request.operation() + token))
        .map(jobs::get);
  }

  private Job expired(StubRequest request, String resource, String message) {
    Optional<Job> again = again(request);
    if (again.isPresent()) {
      return again.get();
    }
    ObjectNode description =
        newJob(request, "Backup").put("ResourceArn", resource).put("StatusMessage", message);
    Job job = new Job("Backup", description, new Pending(0), () -> {});
    job.state("EXPIRED");
    jobs.put(id(job), job);
    return job;
  }

  private ObjectNode newJob(StubRequest request, String kind) {
    ObjectNode job =
        Wire.object()
            .put("AccountId", StubContext.ACCOUNT)
            .put(kind + "JobId", state.jobId())
            .put("ResourceType", "DynamoDB")
            .put("IamRoleArn", AwsBackupState.required(request, "IamRoleArn"))
            .put("PercentDone", "0.0");
    state.time(job, "CreationDate", state.now());
    return job;
  }

  private Job begin(
      StubRequest request,
      String kind,
      ObjectNode description,
      Runnable work,
      Optional<String> refusal) {
    Optional<Job> again = again(request);
    if (again.isPresent()) {
      return again.get();
    }
    Runnable end =
        refusal.isPresent() ? () -> description.put("StatusMessage", refusal.get()) : work;
    Job job = new Job(kind, description, state.context.pending(), end);
    job.state(kind.equals("Restore") ? "PENDING" : "CREATED");
    jobs.put(id(job), job);
    request
        .text("IdempotencyToken")
        .ifPresent(token -> byToken.put(request.operation() + token, id(job)));
    return job;
  }

  private static String id(Job job) {
    return job.description.path(job.kind + "JobId").asText();
  }

  private static ObjectNode answer(Job job) {
    ObjectNode answer = Wire.object().put(job.kind + "JobId", id(job));
    answer.set("CreationDate", job.description.path("CreationDate"));
    if (job.description.has("RecoveryPointArn") && job.kind.equals("Backup")) {
      answer.set("RecoveryPointArn", job.description.path("RecoveryPointArn"));
    }
    return answer;
  }

  private JsonNode describeBackup(StubRequest request) {
    return look(request.required("backupJobId"), "Backup");
  }

  private JsonNode describeCopy(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("CopyJob", look(request.required("copyJobId"), "Copy"));
    return answer;
  }

  private JsonNode describeRestore(StubRequest request) {
    return look(request.required("restoreJobId"), "Restore");
  }

  private ObjectNode look(String id, String kind) {
    Job job = jobs.get(id);
    if (job == null || !job.kind.equals(kind)) {
      throw AwsBackupState.notFound("Cannot find " + kind.toLowerCase(Locale.ROOT) + " job " + id);
    }
    boolean open = List.of("CREATED", "PENDING", "RUNNING").contains(job.state());
    if (open && job.pending.look()) {
      end(job);
    } else if (open && ++job.looks > 1) {
      job.state("RUNNING");
      job.description.put("PercentDone", "50.0");
    }
    return job.description;
  }

  private void end(Job job) {
    job.work.run();
    boolean failed = job.description.has("StatusMessage");
    job.state(failed ? "FAILED" : "COMPLETED");
    job.description.put("PercentDone", failed ? "0.0" : "100.0");
    state.time(job.description, "CompletionDate", state.now());
  }

  private JsonNode stop(StubRequest request) {
    String id = request.required("backupJobId");
    Job job = jobs.get(id);
    if (job == null) {
      throw AwsBackupState.notFound("Cannot find backup job " + id);
    }
    if (!List.of("CREATED", "RUNNING").contains(job.state())) {
      throw AwsBackupState.refused("Backup job " + id + " cannot be stopped");
    }
    job.state("ABORTED");
    job.description.put("StatusMessage", "\"Backup job was stopped by user.\"");
    return NullNode.getInstance();
  }

  private JsonNode list(StubRequest request, String kind) {
    List<ObjectNode> found = new ArrayList<>();
    for (Job job : jobs.values()) {
      if (job.kind.equals(kind) && wanted(request, job)) {
        found.add(0, job.description);
      }
    }
    return state.page(request, kind + "Jobs", found);
  }

  private static boolean wanted(StubRequest request, Job job) {
    Instant created = Wire.instant(job.description.path("CreationDate").decimalValue());
    String resource = job.description.path("ResourceArn").asText();
    return request
            .text(job.kind.equals("Restore") ? "status" : "state")
            .map(job.state()::equals)
            .orElse(true)
        && request.text("resourceArn").map(resource::equals).orElse(true)
        && request.text("createdAfter").map(t -> created.isAfter(Instant.parse(t))).orElse(true)
        && request.text("createdBefore").map(t -> created.isBefore(Instant.parse(t))).orElse(true);
  }
}
