// SPDX-License-Identifier: Apache-2.0
/**
 * Backup by scan: {@link io.dynavault.core.backup.BackupRequest} → planner → plan → run → result.
 * Workers write each segment into data files of an export and note every finished file in the run's
 * journal; at the end come the manifests and, last, the commit record. A killed run goes on from
 * its journal.
 */
@NullMarked
package io.dynavault.core.backup;

import org.jspecify.annotations.NullMarked;
