/**
 * Captures the changes of a table as they are made: reads the table's stream and writes a chain of
 * commits into the vault (docs/format/continuous.md, section 3).
 *
 * <p>A {@link io.dynavault.core.capture.CaptureRun} holds the lease of one table. It goes on with
 * the newest chain while that can be gone on with, and begins another one, with a base of its own,
 * where it cannot. A capture that fails in passing begins anew at its last commit; so what is in
 * the vault never depends on what a process remembers.
 */
@NullMarked
package io.dynavault.core.capture;

import org.jspecify.annotations.NullMarked;
