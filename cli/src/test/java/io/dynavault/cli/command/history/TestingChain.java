// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A chain of the table {@code orders} with one commit of one file. */
final class TestingChain {
  static final Instant START = Instant.parse("2026-11-21T09:00:00Z");
  static final Instant COMPLETE_TO = Instant.parse("2026-11-21T09:30:00Z");

  private TestingChain() {}

  /**
   * Writes it.
   *
   * @param lines changes as {@link #line} makes them, the first and the last by time at both ends
   */
  static void write(ObjectStore store, ChangeCounts counts, List<String> lines) {
    KeySchema keys = KeySchema.of(new KeyAttribute("pk", ScalarType.S));
    ChainLog log =
        new ContinuousBackups(store)
            .create(
                new Chain(
                    new RecoveryPointId("01795251600000-0a1b2c3d"),
                    TableDefinition.onDemand("orders", keys),
                    "arn:aws:dynamodb:us-east-1:111122223333:table/orders/stream/1",
                    START,
                    Map.of(),
                    "0.1.0"));
    byte[] content = gzip(String.join("", lines));
    String key = log.chain().keys().dataFile(START, "abc.json.gz");
    store.put(key, content);
    ChangeFile file =
        new ChangeFile(
            key,
            content.length,
            Checksum.Algorithm.SHA256.of(content),
            lines.size(),
            START,
            COMPLETE_TO.minusSeconds(1));
    log.append(
        new Commit(
            log.chain().id(),
            1,
            COMPLETE_TO,
            1,
            COMPLETE_TO,
            List.of(file),
            Map.of("shard-1", ShardPosition.after("1", Optional.empty())),
            counts,
            Optional.empty()));
  }

  /**
   * A line of a change file.
   *
   * @param minute after the start
   * @param rest keys and images with single quotes
   */
  static String line(int minute, String event, String rest) {
    long micros = START.plusSeconds(minute * 60L).getEpochSecond() * 1_000_000;
    return """
    {'Metadata':{'WriteTimestampMicros':{'N':'%d'},'SequenceNumber':{'S':'%d'},%s},%s}
    """
        .formatted(micros, 100 + minute, event, rest)
        .replace('\'', '"');
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stored.toByteArray();
  }
}
