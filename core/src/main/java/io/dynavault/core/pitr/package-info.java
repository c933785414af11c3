// SPDX-License-Identifier: Apache-2.0
/**
 * A table at a moment of the past. {@link io.dynavault.core.pitr.RecoveryWindows} says which
 * moments a vault can give, of its continuous backups (docs/format/continuous.md) to the second and
 * of chains of exports at the windows' ends; {@link io.dynavault.core.pitr.MomentPlanner} chooses
 * the base that leaves the fewest changes; a {@link io.dynavault.core.pitr.MomentPlan} opens the
 * items, which are then restored, compared or printed as those of any recovery point.
 *
 * <p>Which change decides is section 7 of the format: the last one before the moment; else what was
 * there before the first one behind it; else the base.
 */
@NullMarked
package io.dynavault.core.pitr;

import org.jspecify.annotations.NullMarked;
