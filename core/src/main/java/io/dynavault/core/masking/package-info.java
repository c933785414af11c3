// SPDX-License-Identifier: Apache-2.0
/**
 * Takes personal data out of items on their way into another table, such as from production into
 * staging. {@link io.dynavault.core.masking.MaskingRules} drop, hash or replace attributes by path;
 * for one table they make an {@link io.dynavault.core.masking.ItemMask}. A hash depends on the
 * value and on a secret salt only, so that keys and references between tables still fit together.
 */
@NullMarked
package io.dynavault.core.masking;

import org.jspecify.annotations.NullMarked;
