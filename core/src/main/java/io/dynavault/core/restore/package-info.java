// SPDX-License-Identifier: Apache-2.0
/**
 * Restore: {@link io.dynavault.core.restore.RestoreRequest} → planner → plan → run → result.
 * Nothing is written before everything that can be checked has been: the manifests, the target and
 * its keys, and, before anything is deleted or compared, every byte of the recovery point. Readers
 * take data files, select and mask their items; writers send them; every item read is accounted for
 * in the result. At the end a new table gets back the settings that AWS's own restore drops.
 */
@NullMarked
package io.dynavault.core.restore;

import org.jspecify.annotations.NullMarked;
