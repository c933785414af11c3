// SPDX-License-Identifier: Apache-2.0
/**
 * Reading a whole table by parallel scan. The table is cut into many more segments than there are
 * workers, so that a large segment does not leave the others idle; a worker reads one segment page
 * by page, as raw bytes, and can begin again at the key where a page ended.
 */
@NullMarked
package io.dynavault.core.scan;

import org.jspecify.annotations.NullMarked;
