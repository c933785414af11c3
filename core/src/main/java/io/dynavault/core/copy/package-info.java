/**
 * Copies recovery points from one vault to another: {@link io.dynavault.core.copy.CopyPlanner} says
 * what there is to do, {@link io.dynavault.core.copy.CopyRun} does it.
 *
 * <p>Keys are relative to a vault's root, so a copy has the keys, the id and the files of its
 * source, byte for byte; readers re-base the absolute keys in an export's manifests. Every file is
 * checked against its checksum while it is copied, and the record comes last. A copy that was cut
 * short goes on with the next one. A window of changes takes the chain with it that leads there.
 */
@NullMarked
package io.dynavault.core.copy;

import org.jspecify.annotations.NullMarked;
