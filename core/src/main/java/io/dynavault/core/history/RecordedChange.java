// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.item.Item;
import java.time.Instant;
import java.util.Optional;

/**
 * One change of one item, as continuous backup has recorded it.
 *
 * @param time of the change (docs/format/continuous.md, "Time")
 * @param sequenceNumber of the stream's record
 * @param keys the item's key attributes alone
 * @param oldImage the item before; empty where there was none, or images were not asked for
 * @param newImage the item afterwards; empty where there is none, or images were not asked for
 */
public record RecordedChange(
    Instant time,
    String sequenceNumber,
    ChangeEvent event,
    Item keys,
    Optional<Item> oldImage,
    Optional<Item> newImage) {
  public RecordedChange {
    requireNonNull(time, "time is null");
    requireNonNull(sequenceNumber, "sequenceNumber is null");
    requireNonNull(event, "event is null");
    requireNonNull(keys, "keys is null");
    requireNonNull(oldImage, "oldImage is null");
    requireNonNull(newImage, "newImage is null");
  }
}
