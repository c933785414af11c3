// SPDX-License-Identifier: Apache-2.0
/**
 * Backups of one moment on endpoints that have no point-in-time recovery. A scan is never of one
 * moment: what is written while it reads may be in it or not. With the changes of the table's
 * stream from before its beginning until after its end, each item is put to where it was at the
 * moment: capture, then compaction.
 */
@NullMarked
package io.dynavault.core.consistent;

import org.jspecify.annotations.NullMarked;
