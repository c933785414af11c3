// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.LiveTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A live table whose writes are recorded in a chain, as a capture would that misses nothing, with
 * times that the test gives. For one thread.
 */
public final class RecordedTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveTable table;
  private final List<String> keyNames = new ArrayList<>();
  private final ObjectStore store;
  private final ChainLog log;
  private final Map<String, String> items = new TreeMap<>();
  private final List<Line> pending = new ArrayList<>();
  private long sequence;
  private long commits;

  private record Line(String text, String event, boolean expired, Instant time) {}

  /**
   * Begins a chain for an empty table.
   *
   * @param store the vault's
   */
  public RecordedTable(
      LiveTable table, TableDefinition definition, ObjectStore store, Instant started) {
    this.table = requireNonNull(table, "table is null");
    this.store = requireNonNull(store, "store is null");
    keyNames.add(definition.keySchema().partitionKey().name());
    definition.keySchema().sortKey().ifPresent(sort -> keyNames.add(sort.name()));
    String id = String.format("%014d-0a1b2c3d", started.toEpochMilli());
    this.log =
        new ContinuousBackups(store)
            .create(
                new Chain(
                    new RecoveryPointId(id),
                    definition,
                    definition.tableArn() + "/stream/1",
                    started,
                    Map.of("shard", ShardPosition.trimHorizon(Optional.empty())),
                    "0.1.0"));
  }

  public ChainLog log() {
    return log;
  }

  /** Puts an item in DynamoDB JSON. */
  public void put(Instant time, String item) {
    table.put(item);
    record(time, key(item), item, false);
  }

  /** Deletes the item of a key in DynamoDB JSON, if it is there. */
  public void delete(Instant time, String key) {
    table.delete(key);
    record(time, key(key), null, false);
  }

  /** Removes an item as DynamoDB does when its time to live is over. */
  public void expire(Instant time, String key) {
    table.delete(key);
    record(time, key(key), null, true);
  }

  /** What {@link LiveTable#contents} must give if nobody else writes. */
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    items.forEach((key, item) -> contents.put(CanonicalItem.of(key), CanonicalItem.of(item)));
    return contents;
  }

  /** Commits what was recorded since the last time, in two files if there is enough. */
  public void commit(Instant completeTo) {
    List<ChangeFile> files = new ArrayList<>();
    int half = pending.size() / 2;
    for (List<Line> part :
        List.of(pending.subList(0, half), pending.subList(half, pending.size()))) {
      if (!part.isEmpty()) {
        files.add(store(part));
      }
    }
    commits++;
    Commit commit =
        new Commit(
            log.chain().id(),
            commits,
            completeTo.plusSeconds(3),
            1,
            completeTo,
            files,
            Map.of("shard", ShardPosition.after(String.valueOf(sequence), Optional.empty())),
            counts(),
            Optional.empty());
    if (!log.append(commit)) {
      throw new IllegalStateException("somebody else has written commit " + commits);
    }
    pending.clear();
  }

  private void record(Instant time, String key, @Nullable String after, boolean expired) {
    @Nullable String before = after == null ? items.remove(key) : items.put(key, after);
    if (before == null && after == null) {
      return; // a stream has no record of a delete that deletes nothing
    }
    if (before != null
        && after != null
        && CanonicalItem.of(before).equals(CanonicalItem.of(after))) {
      return; // nor of a put that changes nothing
    }
    String event = before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY";
    sequence++;
    String line =
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"%d000000\"},\"SequenceNumber\":{\"S\":\"%d\"},\"EventName\":{\"S\":\"%s\"}%s},\"Keys\":%s%s%s}\n"
            .formatted(
                time.getEpochSecond(),
                sequence,
                event,
                expired ? ",\"TimeToLive\":{\"BOOL\":true}" : "",
                key,
                before == null ? "" : ",\"OldImage\":" + before,
                after == null ? "" : ",\"NewImage\":" + after);
    pending.add(new Line(line, event, expired, time));
  }

  private ChangeFile store(List<Line> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (Line line : lines) {
        gzip.write(line.text().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] content = bytes.toByteArray();
    String name = String.format("%010d%016d.json.gz", commits, lines.hashCode() & 0xFFFFFFFL);
    String key = log.chain().keys().dataFile(lines.get(0).time(), name);
    store.put(key, content);
    return new ChangeFile(
        key,
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        lines.size(),
        lines.stream().map(Line::time).min(Instant::compareTo).orElseThrow(),
        lines.stream().map(Line::time).max(Instant::compareTo).orElseThrow());
  }

  private ChangeCounts counts() {
    return new ChangeCounts(
        pending.stream().filter(line -> line.event().equals("INSERT")).count(),
        pending.stream().filter(line -> line.event().equals("MODIFY")).count(),
        pending.stream().filter(line -> line.event().equals("REMOVE")).count(),
        pending.stream().filter(Line::expired).count());
  }

  private String key(String itemOrKey) {
    try {
      JsonNode attributes = JSON.readTree(itemOrKey);
      ObjectNode key = JSON.createObjectNode();
      keyNames.forEach(name -> key.set(name, requireNonNull(attributes.get(name))));
      return key.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
