// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has become of one item in a window of time: one record of an incremental export.
 *
 * @param keys the item's key attributes alone
 * @param oldImage the item before the window, where it existed and the view has it
 * @param newImage the item at the window's end; empty if it was deleted
 * @param writeMicros when it was last written, in epoch microseconds
 */
public record ItemChange(
    Item keys, Optional<Item> oldImage, Optional<Item> newImage, OptionalLong writeMicros) {
  public ItemChange {
    requireNonNull(keys, "keys is null");
    requireNonNull(oldImage, "oldImage is null");
    requireNonNull(newImage, "newImage is null");
    requireNonNull(writeMicros, "writeMicros is null");
  }
}
