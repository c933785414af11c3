// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.backup.model.BackupJob;
import software.amazon.awssdk.services.backup.model.CopyJob;
import software.amazon.awssdk.services.backup.model.DescribeBackupJobResponse;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointCreator;
import software.amazon.awssdk.services.backup.model.RestoreJobsListMember;

/** Jobs as the SDK describes them. */
final class SdkJobs {
  private SdkJobs() {}

  static AwsJob backup(DescribeBackupJobResponse job) {
    return new AwsJob(
        JobKind.BACKUP,
        job.backupJobId(),
        JobState.of(job.stateAsString()),
        Optional.ofNullable(job.resourceArn()),
        Optional.ofNullable(job.backupVaultName()),
        Optional.ofNullable(job.recoveryPointArn()),
        Optional.empty(),
        Optional.ofNullable(job.creationDate()),
        Optional.ofNullable(job.completionDate()),
        bytes(job.backupSizeInBytes()),
        Optional.ofNullable(job.percentDone()),
        Optional.ofNullable(job.statusMessage()),
        plan(job.createdBy()));
  }

  static AwsJob backup(BackupJob job) {
    return new AwsJob(
        JobKind.BACKUP,
        job.backupJobId(),
        JobState.of(job.stateAsString()),
        Optional.ofNullable(job.resourceArn()),
        Optional.ofNullable(job.backupVaultName()),
        Optional.ofNullable(job.recoveryPointArn()),
        Optional.empty(),
        Optional.ofNullable(job.creationDate()),
        Optional.ofNullable(job.completionDate()),
        bytes(job.backupSizeInBytes()),
        Optional.ofNullable(job.percentDone()),
        Optional.ofNullable(job.statusMessage()),
        plan(job.createdBy()));
  }

  static AwsJob copy(CopyJob job) {
    return new AwsJob(
        JobKind.COPY,
        job.copyJobId(),
        JobState.of(job.stateAsString()),
        Optional.ofNullable(job.resourceArn()),
        Optional.ofNullable(job.sourceBackupVaultArn()),
        Optional.ofNullable(job.sourceRecoveryPointArn()),
        Optional.ofNullable(job.destinationRecoveryPointArn()),
        Optional.ofNullable(job.creationDate()),
        Optional.ofNullable(job.completionDate()),
        bytes(job.backupSizeInBytes()),
        Optional.empty(),
        Optional.ofNullable(job.statusMessage()),
        plan(job.createdBy()));
  }

  static AwsJob restore(DescribeRestoreJobResponse job) {
    return new AwsJob(
        JobKind.RESTORE,
        job.restoreJobId(),
        JobState.of(job.statusAsString()),
        Optional.ofNullable(job.sourceResourceArn()),
        Optional.ofNullable(job.backupVaultArn()),
        Optional.ofNullable(job.recoveryPointArn()),
        Optional.ofNullable(job.createdResourceArn()),
        Optional.ofNullable(job.creationDate()),
        Optional.ofNullable(job.completionDate()),
        bytes(job.backupSizeInBytes()),
        Optional.ofNullable(job.percentDone()),
        Optional.ofNullable(job.statusMessage()),
        Optional.empty());
  }

  static AwsJob restore(RestoreJobsListMember job) {
    return new AwsJob(
        JobKind.RESTORE,
        job.restoreJobId(),
        JobState.of(job.statusAsString()),
        Optional.ofNullable(job.sourceResourceArn()),
        Optional.ofNullable(job.backupVaultArn()),
        Optional.ofNullable(job.recoveryPointArn()),
        Optional.ofNullable(job.createdResourceArn()),
        Optional.ofNullable(job.creationDate()),
        Optional.ofNullable(job.completionDate()),
        bytes(job.backupSizeInBytes()),
        Optional.ofNullable(job.percentDone()),
        Optional.ofNullable(job.statusMessage()),
        Optional.empty());
  }

  private static OptionalLong bytes(@Nullable Long bytes) {
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static Optional<String> plan(@Nullable RecoveryPointCreator creator) {
    return creator == null
        ? Optional.empty()
        : Optional.ofNullable(creator.backupPlanName())
            .or(() -> Optional.ofNullable(creator.backupPlanId()));
  }
}
