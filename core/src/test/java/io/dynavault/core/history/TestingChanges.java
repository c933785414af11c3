// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.continuous.LateChanges;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.stream.ShardPosition;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.RecoveryPointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Writes one chain of the table {@code orders} by hand: lines, files and commits. */
final class TestingChanges {
  private final ObjectStore store;
  private final ChainLog log;
  private long commits;
  private Instant promised = Instant.MIN;
  private int files;

  TestingChanges(ObjectStore store, String id, Instant started) {
    this(store, id, started, TestingLog.chain("orders").table());
  }

  TestingChanges(ObjectStore store, String id, Instant started, TableDefinition table) {
    this.store = store;
    Chain chain = TestingLog.chain("orders", new RecoveryPointId(id));
    log =
        new ContinuousBackups(store)
            .create(
                new Chain(
                    chain.id(),
                    table,
                    chain.streamArn(),
                    started,
                    chain.positions(),
                    chain.toolVersion()));
  }

  /**
   * One change as a line of a file, of the item whose {@code pk} is a letter.
   *
   * @param old DynamoDB JSON of other attributes with single quotes; empty text for no image
   * @param now the same after the change
   */
  record Line(Instant time, String number, String event, String pk, String old, String now) {
    private String json() {
      boolean expired = event.equals("EXPIRE");
      String keys = "{'pk':{'S':'" + pk + "'}}";
      return ("{'Metadata':{'WriteTimestampMicros':{'N':'%d'},'SequenceNumber':{'S':'%s'},"
              + "'EventName':{'S':'%s'}%s},'Keys':%s%s%s}\n")
          .formatted(
              time.getEpochSecond() * 1_000_000,
              number,
              expired ? "REMOVE" : event,
              expired ? ",'TimeToLive':{'BOOL':true}" : "",
              keys,
              image("OldImage", old),
              image("NewImage", now))
          .replace('\'', '"');
    }

    private String image(String name, String attributes) {
      return attributes.isEmpty()
          ? ""
          : ",'%s':{'pk':{'S':'%s'},%s}".formatted(name, pk, attributes);
    }
  }

  static Line put(Instant time, int number, String pk, String now) {
    return new Line(time, String.valueOf(number), "INSERT", pk, "", now);
  }

  static Line modify(Instant time, int number, String pk, String old, String now) {
    return new Line(time, String.valueOf(number), "MODIFY", pk, old, now);
  }

  static Line remove(Instant time, int number, String pk, String old) {
    return new Line(time, String.valueOf(number), "REMOVE", pk, old, "");
  }

  static Line expire(Instant time, int number, String pk, String old) {
    return new Line(time, String.valueOf(number), "EXPIRE", pk, old, "");
  }

  ChainLog log() {
    return log;
  }

  /** Appends a commit with a file for each list of lines. */
  @SafeVarargs
  final TestingChanges commit(Instant written, Instant completeTo, List<Line>... contents) {
    List<ChangeFile> named = new ArrayList<>();
    long inserts = 0;
    long modifies = 0;
    long removes = 0;
    long expirations = 0;
    Instant earliest = completeTo;
    for (List<Line> lines : contents) {
      named.add(file(written, lines));
      for (Line line : lines) {
        inserts += line.event().equals("INSERT") ? 1 : 0;
        modifies += line.event().equals("MODIFY") ? 1 : 0;
        removes += line.now().isEmpty() ? 1 : 0;
        expirations += line.event().equals("EXPIRE") ? 1 : 0;
        earliest = line.time().isBefore(earliest) ? line.time() : earliest;
      }
    }
    Optional<LateChanges> late =
        earliest.isBefore(promised) ? Optional.of(new LateChanges(1, earliest)) : Optional.empty();
    boolean appended =
        log.append(
            new Commit(
                log.chain().id(),
                ++commits,
                written,
                1,
                completeTo,
                named,
                Map.of("shard-1", ShardPosition.after("1", Optional.empty())),
                new ChangeCounts(inserts, modifies, removes, expirations),
                late));
    if (!appended) {
      throw new AssertionError("number taken: " + commits);
    }
    promised = completeTo;
    return this;
  }

  void end(Instant completeTo) {
    log.end(
        new ChainEnd(log.chain().id(), ChainEnd.Reason.TRIMMED, "test", completeTo, completeTo));
  }

  private ChangeFile file(Instant written, List<Line> lines) {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
      for (Line line : lines) {
        gzip.write(line.json().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] content = stored.toByteArray();
    String key = log.chain().keys().dataFile(written, "f" + ++files + ".json.gz");
    store.put(key, content);
    return new ChangeFile(
        key,
        content.length,
        Checksum.Algorithm.SHA256.of(content),
        lines.size(),
        lines.stream().map(Line::time).min(Instant::compareTo).orElseThrow(),
        lines.stream().map(Line::time).max(Instant::compareTo).orElseThrow());
  }
}
