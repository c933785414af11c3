// SPDX-License-Identifier: Apache-2.0
/**
 * Continuous backup as a vault keeps it (docs/format/continuous.md). A {@link
 * io.dynavault.core.continuous.Chain} is a log of numbered commits, each of which names change
 * files and says how far every shard of the stream was read with them. {@link
 * io.dynavault.core.continuous.ContinuousBackups} finds the chains of a vault; {@link
 * io.dynavault.core.continuous.ChainLog} is one of them, read and written.
 *
 * <p>Everything is written once. Of two processes that write one chain each commit is of one of
 * them, because its number can be taken only once; the other one ends.
 */
@NullMarked
package io.dynavault.core.continuous;

import org.jspecify.annotations.NullMarked;
