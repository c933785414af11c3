// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a table that was restored is what it should be. It is compared with the recovery point
 * or, for methods of AWS that have no files, with the table that was backed up: by counts, by a
 * sample of items, or completely. The result says what it can prove: a recovery point does not
 * change, a table may have been written to since.
 */
@NullMarked
package io.dynavault.core.validate;

import org.jspecify.annotations.NullMarked;
