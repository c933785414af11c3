/**
 * Debris of runs that were cut short: named, and removed when asked.
 *
 * <p>{@link io.dynavault.core.gc.GcPlanner} finds it, {@link io.dynavault.core.gc.GcRun} looks at
 * each find again, under the lease of whoever could still work on it, and removes it. Debris is
 * known by what was found, a journal or a record, never by what a listing does not show; an export
 * that nothing of ours names is somebody else's.
 */
@NullMarked
package io.dynavault.core.gc;

import org.jspecify.annotations.NullMarked;
