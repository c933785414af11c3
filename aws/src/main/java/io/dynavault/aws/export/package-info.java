// SPDX-License-Identifier: Apache-2.0
/**
 * DynamoDB's own export to S3 as a method of backup: {@link io.dynavault.aws.export.ExportRequest}
 * → planner → plan → run → result.
 *
 * <p>AWS writes each export directly into the vault, in the layout that this engine's own backups
 * have; what is added is the record, which makes it a recovery point. An export goes on at AWS
 * whatever becomes of the process that has started it, so {@link io.dynavault.aws.export.Exports}
 * offers starting, asking and committing one by one, joined by a {@link
 * io.dynavault.aws.export.StartedExport} that is kept in the vault's journal of runs: a command
 * waits in one run, a function continues in the next. Starting the same order again starts nothing:
 * its client token is made from what is ordered.
 *
 * <p>Incremental exports hold the changes of a window. {@link
 * io.dynavault.aws.export.ExportPlanner} orders those windows that continue, or mend, the table's
 * chain in the vault ({@link io.dynavault.core.chain.ExportChain}).
 */
@NullMarked
package io.dynavault.aws.export;

import org.jspecify.annotations.NullMarked;
