// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A continuous backup that nobody has captured: its changes are written line by line. */
public final class HandWrittenChain {
  private final ObjectStore store;
  private final ChainLog log;
  private final Instant started;
  private final List<String> lines = new ArrayList<>();
  private final List<Instant> times = new ArrayList<>();
  private long inserts;
  private long removes;
  private int number;

  /** A chain whose only base is this recovery point: all changes are put over it. */
  public HandWrittenChain(ObjectStore store, RecoveryPoint base, Instant started) {
    this.store = store;
    this.started = started;
    RecoveryPointId id = new RecoveryPointId("%014d-00c0ffee".formatted(started.toEpochMilli()));
    this.log =
        new ContinuousBackups(store)
            .create(
                new Chain(
                    id,
                    base.table(),
                    "arn:aws:dynamodb:us-east-1:111122223333:table/t/stream/2026-01-01T00:00:00.000",
                    started,
                    Map.of(),
                    "test"));
    log.add(new Base(id, base.id(), 0, Optional.empty(), 1, started));
  }

  /**
   * A change, part of the next commit.
   *
   * @param before the item as DynamoDB JSON; empty if there was none
   * @param after likewise; empty if it was removed
   */
  public HandWrittenChain change(Instant time, String key, String before, String after) {
    String kind = after.isEmpty() ? "REMOVE" : before.isEmpty() ? "INSERT" : "MODIFY";
    inserts += kind.equals("INSERT") ? 1 : 0;
    removes += kind.equals("REMOVE") ? 1 : 0;
    times.add(time);
    lines.add(
        """
        {"Metadata":{"WriteTimestampMicros":{"N":"%d"},"SequenceNumber":{"S":"%021d"},\
        "EventName":{"S":"%s"}},"Keys":%s%s%s}
        """
            .formatted(
                time.toEpochMilli() * 1000,
                times.size(),
                kind,
                key,
                before.isEmpty() ? "" : ",\"OldImage\":" + before,
                after.isEmpty() ? "" : ",\"NewImage\":" + after));
    return this;
  }

  /** Commits the changes since the last one. */
  public HandWrittenChain commit(Instant completeTo) {
    Commit commit =
        new Commit(
            log.chain().id(),
            ++number,
            completeTo,
            1,
            completeTo,
            lines.isEmpty() ? List.of() : List.of(file()),
            Map.of(),
            new ChangeCounts(inserts, lines.size() - inserts - removes, removes, 0),
            Optional.empty());
    if (!log.append(commit)) {
      throw new AssertionError("the number is taken");
    }
    lines.clear();
    times.clear();
    inserts = 0;
    removes = 0;
    return this;
  }

  private ChangeFile file() {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(content)) {
      out.write(String.join("", lines).getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String key = log.chain().keys().dataFile(started, "%026d.json.gz".formatted(number));
    store.put(key, content.toByteArray());
    times.sort(Comparator.naturalOrder());
    return new ChangeFile(
        key,
        content.size(),
        Checksum.Algorithm.SHA256.of(content.toByteArray()),
        lines.size(),
        times.get(0),
        times.get(times.size() - 1));
  }
}
