/**
 * Deletes recovery points: {@link io.dynavault.core.delete.Protections} say what must not be
 * deleted and why, {@link io.dynavault.core.delete.DeletePlanner} plans, {@link
 * io.dynavault.core.delete.DeleteRun} acts.
 *
 * <p>The record goes first: from then on the recovery point does not exist, and its files are found
 * by a journal that was written before. Who dies on the way leaves debris that {@code gc} finishes.
 * Deletions and readers tell each other by marks.
 */
@NullMarked
package io.dynavault.core.delete;

import org.jspecify.annotations.NullMarked;
