// SPDX-License-Identifier: Apache-2.0
/**
 * Backups of tables by AWS Backup that a vault of ours knows, and restores of them: {@link
 * io.dynavault.aws.awsbackup.backup.AwsBackupRequest} → planner → plan → run → result.
 *
 * <p>AWS keeps the items; the vault keeps the record with the table's whole definition, so that a
 * restore puts back what AWS drops. The intent is in the vault's journal before AWS is asked: a run
 * that dies is gone on with by {@code --resume}, and the same token never starts a second job.
 *
 * <p>AWS is not told the recovery point's end, because it would delete it whatever holds and locks
 * of the vault say; {@code expire} deletes it. Vaults of AWS Backup whose lock demands an end get
 * one by {@link io.dynavault.aws.awsbackup.Lifecycle}.
 */
@NullMarked
package io.dynavault.aws.awsbackup.backup;

import org.jspecify.annotations.NullMarked;
