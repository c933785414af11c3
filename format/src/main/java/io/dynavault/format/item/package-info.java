// SPDX-License-Identifier: Apache-2.0
/**
 * One item and its parts. On the hot path an item is a slice of JSON bytes that is found, checked,
 * measured, keyed and copied but never decoded: {@link io.dynavault.format.item.ScanPage} slices a
 * response, {@link io.dynavault.format.item.ItemLine} a line of an export, {@link
 * io.dynavault.format.item.KeyReader} takes the key out. All of them move one cursor over the bytes
 * and share one grammar.
 *
 * <p>{@link io.dynavault.format.item.Item} and {@link io.dynavault.format.item.Value} are the
 * decoded form for those who ask for values, with a codec for each notation: {@link
 * io.dynavault.format.item.DynamoDbJson}, {@link io.dynavault.format.item.IonText}, {@link
 * io.dynavault.format.item.PlainJson}, CSV; files of them are read by an {@link
 * io.dynavault.format.item.ItemReader}.
 */
@NullMarked
package io.dynavault.format.item;

import org.jspecify.annotations.NullMarked;
