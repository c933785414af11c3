// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.stream.ShardPosition;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Positions by shard as JSON (docs/format/continuous.md, "Positions"). */
final class PositionsParser {
  private static final String FIELD = "positions";

  private PositionsParser() {}

  static void write(Map<String, ShardPosition> positions, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(FIELD);
    for (Map.Entry<String, ShardPosition> shard : new TreeMap<>(positions).entrySet()) {
      json.writeObjectFieldStart(shard.getKey());
      write(shard.getValue(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(ShardPosition position, JsonGenerator json) throws IOException {
    switch (position.kind()) {
      case AFTER -> json.writeStringField("after", position.sequenceNumber().orElseThrow());
      case TRIM_HORIZON -> json.writeStringField("from", position.kind().name());
      case CLOSED -> json.writeBooleanField("closed", true);
    }
    if (position.parent().isPresent()) {
      json.writeStringField("parent", position.parent().get());
    }
  }

  static Map<String, ShardPosition> read(JsonFields fields) {
    JsonFields shards = fields.object(FIELD);
    Map<String, ShardPosition> positions = new TreeMap<>();
    for (Iterator<String> names = shards.node().fieldNames(); names.hasNext(); ) {
      String shard = names.next();
      positions.put(shard, readOne(shards.object(shard)));
    }
    return positions;
  }

  private static ShardPosition readOne(JsonFields fields) {
    Optional<String> parent = fields.optionalText("parent");
    Optional<String> after = fields.optionalText("after");
    Optional<String> from = fields.optionalText("from");
    boolean closed = fields.flag("closed");
    if (after.isPresent() && from.isEmpty() && !closed) {
      return ShardPosition.after(after.get(), parent);
    }
    if (from.isPresent() && after.isEmpty() && !closed) {
      fields.constant("from", FromKind.class);
      return ShardPosition.trimHorizon(parent);
    }
    if (closed && after.isEmpty() && from.isEmpty()) {
      return ShardPosition.closed(parent);
    }
    throw fields.invalid("after", "is missing, or 'from' or 'closed' is there, too");
  }

  /** What {@code from} may say. */
  private enum FromKind {
    TRIM_HORIZON
  }
}
