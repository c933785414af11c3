// SPDX-License-Identifier: Apache-2.0
/**
 * ImportTable: DynamoDB makes a new table of files in S3 (DynamoDB Developer Guide, "DynamoDB data
 * import from Amazon S3"). {@link io.dynavault.aws.imports.ImportRequest} → planner → plan → run →
 * result.
 *
 * <p>The files are somebody's, or those of a full export in a vault. An import takes no write
 * capacity, is billed by the uncompressed size of its files, and goes on at AWS whatever becomes of
 * the process that has begun it: {@link io.dynavault.aws.imports.ImportRun} waits for it, and one
 * that resumes finds it again by the table's name. Beginning the same once more begins nothing: the
 * client token is made from what is asked for.
 *
 * <p>AWS reads every object below a prefix, whatever it is, and counts what it has read; so the
 * prefix is looked at before, and the counts are checked after.
 */
@NullMarked
package io.dynavault.aws.imports;

import org.jspecify.annotations.NullMarked;
