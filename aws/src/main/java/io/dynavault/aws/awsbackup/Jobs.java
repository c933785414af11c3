// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.ListBackupJobsResponse;
import software.amazon.awssdk.services.backup.model.ListCopyJobsResponse;
import software.amazon.awssdk.services.backup.model.ListRestoreJobsResponse;
import software.amazon.awssdk.services.backup.model.StartBackupJobRequest;

/** The backup, copy and restore jobs of AWS Backup in an account and region. */
public final class Jobs {
  /** The resource type of tables. */
  static final String DYNAMODB = "DynamoDB";

  private final BackupClient client;

  public Jobs(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /** Starts a backup and returns the job's id. */
  public String start(BackupOrder order) {
    StartBackupJobRequest.Builder request =
        StartBackupJobRequest.builder()
            .backupVaultName(order.vault())
            .resourceArn(order.resourceArn())
            .iamRoleArn(order.role())
            .idempotencyToken(order.token());
    if (!order.lifecycle().equals(Lifecycle.FOR_EVER)) {
      request.lifecycle(order.lifecycle().toRequest());
    }
    if (!order.tags().isEmpty()) {
      request.recoveryPointTags(order.tags());
    }
    order.startWindowMinutes().ifPresent(request::startWindowMinutes);
    order.completeWindowMinutes().ifPresent(request::completeWindowMinutes);
    return Calls.call(
            "StartBackupJob",
            "back up '" + order.resourceArn() + "' to vault '" + order.vault() + "'",
            () -> client.startBackupJob(request.build()))
        .backupJobId();
  }

  /** Starts a copy and returns the job's id. */
  public String start(CopyOrder order) {
    return Calls.call(
            "StartCopyJob",
            "copy recovery point '" + order.recoveryPointArn() + "'",
            () ->
                client.startCopyJob(
                    b ->
                        b.recoveryPointArn(order.recoveryPointArn())
                            .sourceBackupVaultName(order.vault())
                            .destinationBackupVaultArn(order.targetVaultArn())
                            .iamRoleArn(order.role())
                            .idempotencyToken(order.token())
                            .lifecycle(order.lifecycle().map(Lifecycle::toRequest).orElse(null))))
        .copyJobId();
  }

  /** Starts a restore and returns the job's id. */
  public String start(RestoreOrder order) {
    return Calls.call(
            "StartRestoreJob",
            "restore recovery point '" + order.recoveryPointArn() + "'",
            () ->
                client.startRestoreJob(
                    b ->
                        b.recoveryPointArn(order.recoveryPointArn())
                            .metadata(order.metadata())
                            .iamRoleArn(order.role())
                            .resourceType(DYNAMODB)
                            .idempotencyToken(order.token())))
        .restoreJobId();
  }

  /** Stops a backup job; it becomes ABORTED some time later. */
  public void stop(String id) {
    Calls.call(
        "StopBackupJob",
        "stop backup job '" + id + "'",
        () -> client.stopBackupJob(b -> b.backupJobId(id)));
  }

  /**
   * @throws DynavaultException if there is no such job
   */
  public AwsJob describe(JobKind kind, String id) {
    String action = "describe " + kind.text() + " job '" + id + "'";
    return switch (kind) {
      case BACKUP ->
          SdkJobs.backup(
              Calls.call(
                  "DescribeBackupJob",
                  action,
                  () -> client.describeBackupJob(b -> b.backupJobId(id))));
      case COPY ->
          SdkJobs.copy(
              Calls.call(
                      "DescribeCopyJob", action, () -> client.describeCopyJob(b -> b.copyJobId(id)))
                  .copyJob());
      case RESTORE ->
          SdkJobs.restore(
              Calls.call(
                  "DescribeRestoreJob",
                  action,
                  () -> client.describeRestoreJob(b -> b.restoreJobId(id))));
    };
  }

  /** The jobs of tables, as AWS orders them: newest first. */
  public List<AwsJob> list(JobKind kind, JobQuery query) {
    return switch (kind) {
      case BACKUP -> backups(query);
      case COPY -> copies(query);
      case RESTORE -> restores(query);
    };
  }

  private List<AwsJob> backups(JobQuery query) {
    return Pages.all(
        token ->
            Calls.call(
                "ListBackupJobs",
                "list the backup jobs",
                () ->
                    client.listBackupJobs(
                        b ->
                            b.byResourceType(DYNAMODB)
                                .byState(state(query))
                                .byResourceArn(query.resourceArn().orElse(null))
                                .byCreatedAfter(query.after().orElse(null))
                                .byCreatedBefore(query.before().orElse(null))
                                .nextToken(token))),
        ListBackupJobsResponse::backupJobs,
        ListBackupJobsResponse::nextToken,
        SdkJobs::backup);
  }

  private List<AwsJob> copies(JobQuery query) {
    return Pages.all(
        token ->
            Calls.call(
                "ListCopyJobs",
                "list the copy jobs",
                () ->
                    client.listCopyJobs(
                        b ->
                            b.byResourceType(DYNAMODB)
                                .byState(state(query))
                                .byResourceArn(query.resourceArn().orElse(null))
                                .byCreatedAfter(query.after().orElse(null))
                                .byCreatedBefore(query.before().orElse(null))
                                .nextToken(token))),
        ListCopyJobsResponse::copyJobs,
        ListCopyJobsResponse::nextToken,
        SdkJobs::copy);
  }

  /** AWS has no filter by table for restores; ours compares what they were made from. */
  private List<AwsJob> restores(JobQuery query) {
    List<AwsJob> jobs =
        Pages.all(
            token ->
                Calls.call(
                    "ListRestoreJobs",
                    "list the restore jobs",
                    () ->
                        client.listRestoreJobs(
                            b ->
                                b.byResourceType(DYNAMODB)
                                    .byStatus(state(query))
                                    .byCreatedAfter(query.after().orElse(null))
                                    .byCreatedBefore(query.before().orElse(null))
                                    .nextToken(token))),
            ListRestoreJobsResponse::restoreJobs,
            ListRestoreJobsResponse::nextToken,
            SdkJobs::restore);
    Optional<String> table = query.resourceArn();
    return table.isEmpty()
        ? jobs
        : jobs.stream().filter(job -> job.resourceArn().equals(table)).toList();
  }

  private static @Nullable String state(JobQuery query) {
    return query.state().map(Enum::name).orElse(null);
  }
}
