/**
 * How long continuous backups stay: the window that is promised, in which any second can be
 * restored, and the expiry of what lies before it (docs/format/continuous.md, "Expiry").
 *
 * <p>{@link io.dynavault.core.window.WindowSurvey} finds for each chain the base that the window
 * begins with, and so what nobody needs any more; {@link io.dynavault.core.window.WindowRun}
 * releases the bases before it and has commits and change files expire. Recovery points are kept or
 * deleted by {@code core.expire}, released bases among them.
 */
@NullMarked
package io.dynavault.core.window;

import org.jspecify.annotations.NullMarked;
