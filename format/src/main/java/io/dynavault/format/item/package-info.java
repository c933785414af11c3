// SPDX-License-Identifier: Apache-2.0
/**
 * One item and its parts. On the hot path an item is a slice of JSON bytes that is found, counted,
 * keyed and copied but never decoded; {@link io.dynavault.format.item.Item} and {@link
 * io.dynavault.format.item.Value} are its decoded form for those who ask for values.
 */
@NullMarked
package io.dynavault.format.item;

import org.jspecify.annotations.NullMarked;
