// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.format.change.ChangeFileReader;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The change at which a reader stands. */
record FoundChange(ChangeFileReader reader) {
  FoundChange {
    requireNonNull(reader, "reader is null");
  }

  Instant time() {
    return Instant.EPOCH.plus(reader.micros(), ChronoUnit.MICROS);
  }

  ItemKey key(KeyReader keys) {
    return keys.read(reader.array(), reader.keys().offset(), reader.keys().length());
  }

  Optional<Item> oldImage() {
    return decode(reader.oldImage());
  }

  Optional<Item> newImage() {
    return decode(reader.newImage());
  }

  ChangeEvent event() {
    return switch (reader.kind()) {
      case INSERT -> ChangeEvent.PUT;
      case MODIFY -> ChangeEvent.MODIFIED;
      case REMOVE -> reader.timeToLive() ? ChangeEvent.EXPIRED : ChangeEvent.REMOVED;
    };
  }

  ChangeCounts count() {
    return switch (event()) {
      case PUT -> new ChangeCounts(1, 0, 0, 0);
      case MODIFIED -> new ChangeCounts(0, 1, 0, 0);
      case REMOVED -> new ChangeCounts(0, 0, 1, 0);
      case EXPIRED -> new ChangeCounts(0, 0, 1, 1);
    };
  }

  /** Of images and key, as DynamoDB counts them. */
  long bytes() {
    return size(reader.keys()) + size(reader.oldImage()) + size(reader.newImage());
  }

  byte[] sortKey() {
    return ChangeOrder.key(reader.micros(), reader.sequenceNumber());
  }

  byte[] content(ChangeQuery.Images images) {
    boolean both = images == ChangeQuery.Images.BOTH;
    return ChangeOrder.value(
        event(),
        slice(reader.keys()).orElseThrow(),
        both ? slice(reader.oldImage()) : Optional.empty(),
        both ? slice(reader.newImage()) : Optional.empty());
  }

  private Optional<ByteBuffer> slice(ChangeLine.@Nullable Slice slice) {
    return slice == null
        ? Optional.empty()
        : Optional.of(ByteBuffer.wrap(reader.array(), slice.offset(), slice.length()));
  }

  private Optional<Item> decode(ChangeLine.@Nullable Slice slice) {
    return slice == null
        ? Optional.empty()
        : Optional.of(DynamoDbJson.decode(reader.array(), slice.offset(), slice.length()));
  }

  private static long size(ChangeLine.@Nullable Slice slice) {
    return slice == null ? 0 : slice.size();
  }
}
