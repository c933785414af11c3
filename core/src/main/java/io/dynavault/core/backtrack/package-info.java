// SPDX-License-Identifier: Apache-2.0
/**
 * Rolls items of a live table back to what they were. The changes of a continuous backup say of
 * each key that has changed since a time what it was then, and what it should be now ({@link
 * io.dynavault.core.backtrack.ChangedItems}); a {@link io.dynavault.core.backtrack.BacktrackRun}
 * reads those keys, and either tells what it would do or does it. Before an item is written, what
 * it is and what it becomes are on disk in an undo file, which is itself a source of such a run.
 * Items that are not what they should be now are told and left alone, whether they changed before
 * they were read or between reading and writing.
 */
@NullMarked
package io.dynavault.core.backtrack;

import org.jspecify.annotations.NullMarked;
