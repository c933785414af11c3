// SPDX-License-Identifier: Apache-2.0
/**
 * AWS Backup for DynamoDB tables: its vaults, jobs, recovery points, restore tests and settings,
 * with the engine's words.
 *
 * <p>Each class speaks for one kind of thing in the account and turns the SDK's answers into
 * records of ours; nulls end there. Lists follow AWS's pages to their end. What takes long is
 * started as a job, and {@link io.dynavault.aws.awsbackup.JobWaiter} waits for it: within a limit,
 * with progress, until a stop is asked for.
 *
 * <p>AWS Backup answers "access denied" for a vault that does not exist; hints of errors say so.
 */
@NullMarked
package io.dynavault.aws.awsbackup;

import org.jspecify.annotations.NullMarked;
