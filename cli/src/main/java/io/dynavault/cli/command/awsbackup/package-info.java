// SPDX-License-Identifier: Apache-2.0
/**
 * The commands on AWS Backup: its vaults, its jobs, its recovery points, its restore tests and its
 * settings for DynamoDB. Each says what AWS says, as text and as JSON; what takes something away is
 * done with {@code --confirm} only. Jobs can be waited for: a wait that ends leaves the job
 * running.
 */
@NullMarked
package io.dynavault.cli.command.awsbackup;

import org.jspecify.annotations.NullMarked;
