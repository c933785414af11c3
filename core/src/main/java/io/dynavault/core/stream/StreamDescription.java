// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A stream and all shards that it lists.
 *
 * @param status {@code ENABLING}, {@code ENABLED}, {@code DISABLING} or {@code DISABLED}
 * @param viewType which images its records have, such as {@code NEW_AND_OLD_IMAGES}
 * @param serverTime the server's, no later than its first answer
 */
public record StreamDescription(
    String streamArn,
    String tableName,
    String status,
    String viewType,
    List<Shard> shards,
    Instant serverTime) {
  public StreamDescription {
    requireNonNull(streamArn, "streamArn is null");
    requireNonNull(tableName, "tableName is null");
    requireNonNull(status, "status is null");
    requireNonNull(viewType, "viewType is null");
    shards = List.copyOf(shards);
    requireNonNull(serverTime, "serverTime is null");
  }

  /** Whether changes of the table are, or soon will be, recorded in it. */
  public boolean isOn() {
    return status.startsWith("ENABL");
  }
}
