// SPDX-License-Identifier: Apache-2.0
/**
 * Chains of exports: a full export and the windows of changes that follow it without a gap. The
 * state of the table at the end of each window is the base with all windows up to there applied in
 * order; there are no states in between, because an incremental export keeps the last change of
 * each key only (DynamoDB Developer Guide, "DynamoDB table export output format").
 *
 * <p>Windows join where one ends exactly when the next begins. Nothing less will do: after a gap
 * changes are missing, and in an overlap a window says nothing of an item that came and went within
 * it, although the base may have it.
 */
@NullMarked
package io.dynavault.core.chain;

import org.jspecify.annotations.NullMarked;
