// SPDX-License-Identifier: Apache-2.0
/**
 * Compaction: a new full backup out of a base and the changes after it, without reading the table
 * ({@link io.dynavault.core.compact.CompactPlan} → run → result). It is an export like any other,
 * of one moment, and becomes a base of the chain that its changes come from: the changes before it
 * are then needed for earlier moments only.
 */
@NullMarked
package io.dynavault.core.compact;

import org.jspecify.annotations.NullMarked;
