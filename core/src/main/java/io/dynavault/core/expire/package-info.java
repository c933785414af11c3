/**
 * Retention: which recovery points are kept, why, and the deletion of the others.
 *
 * <p>{@link io.dynavault.core.expire.RetentionRule} says what to keep. {@link
 * io.dynavault.core.expire.ExpirePlanner} decides, purely, from what {@link
 * io.dynavault.core.expire.ExpireSurvey} found in the vault; every decision names its reasons.
 * {@link io.dynavault.core.expire.ExpireRun} deletes. One reason to keep is enough; only what is
 * whole, unfiltered and not dated in the future counts as a backup; the last good recovery point of
 * a table stays.
 */
@NullMarked
package io.dynavault.core.expire;

import org.jspecify.annotations.NullMarked;
