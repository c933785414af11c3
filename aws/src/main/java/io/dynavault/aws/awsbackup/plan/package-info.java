// SPDX-License-Identifier: Apache-2.0
/**
 * Backup plans of AWS Backup as documents: one YAML file says what a plan, its selections, its
 * vaults and its restore tests shall be.
 *
 * <p>{@link io.dynavault.aws.awsbackup.plan.DocumentReader} reads a file strictly: every mistake is
 * named with its line before AWS is called. {@link io.dynavault.aws.awsbackup.plan.AccountReader}
 * reads what is in the account into the same types. {@link
 * io.dynavault.aws.awsbackup.plan.PlanDiff} compares both, object by object and field by field;
 * {@link io.dynavault.aws.awsbackup.plan.PlanApply} does what the comparison says and nothing else,
 * so that applying twice changes nothing. {@link io.dynavault.aws.awsbackup.plan.DocumentWriter}
 * writes a document of what is in the account.
 */
@NullMarked
package io.dynavault.aws.awsbackup.plan;

import org.jspecify.annotations.NullMarked;
