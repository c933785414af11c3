// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.ContinuousKeys;
import java.time.Instant;
import java.util.Map;

/**
 * What a chain is: the changes of one incarnation of a table from one stream, without a gap.
 *
 * @param id has the form of the id of a recovery point; chains of a table sort by it
 * @param table the table when the chain began
 * @param started when the positions were fixed, by DynamoDB's clock
 * @param positions of each shard that the stream had then
 * @param toolVersion version that began it
 */
public record Chain(
    RecoveryPointId id,
    TableDefinition table,
    String streamArn,
    Instant started,
    Map<String, ShardPosition> positions,
    String toolVersion) {
  public Chain {
    requireNonNull(id, "id is null");
    requireNonNull(table, "table is null");
    requireNonNull(streamArn, "streamArn is null");
    requireNonNull(started, "started is null");
    positions = Map.copyOf(positions);
    requireNonNull(toolVersion, "toolVersion is null");
  }

  public String tableName() {
    return table.tableName();
  }

  /** The keys of all objects of this chain. */
  public ContinuousKeys keys() {
    return new ContinuousKeys(tableName(), id.value());
  }
}
