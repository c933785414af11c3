// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.item.StreamPage;
import io.dynavault.lambda.host.Event;
import io.dynavault.testing.simulation.SimulatedTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a capture, and what of it may be taken for safe. */
class CommittedRecordsTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");

  private final SimulatedTime time = new SimulatedTime(START);
  private final ScriptedTable table = new ScriptedTable(time);
  private final ObjectStore store = MemoryStore.isolated(time);
  private final List<CaptureEvent> heard = new ArrayList<>();
  private final List<ChangeFile> noFiles = List.of();
  private Chain chain;
  private CommittedRecords records;
  private String record;

  @BeforeEach
  void begin() throws IOException {
    record = table.put("a", "1");
    chain =
        new Chain(
            new RecoveryPointId("01795253400123-0a1b2c3d"),
            table.definition(),
            ScriptedTable.STREAM,
            START,
            Map.of(),
            "test");
    records = records(Duration.ZERO);
  }

  private CommittedRecords records(Duration precision) throws IOException {
    String event = "{\"Records\":[" + record + "]}";
    return new CommittedRecords(
        StreamBatch.of(Event.read(new ByteArrayInputStream(event.getBytes(UTF_8)))),
        new ContinuousBackups(store),
        precision,
        (name, what) -> heard.add(what));
  }

  private void read() {
    byte[] body = ("{\"Records\":[" + record + "],\"NextShardIterator\":\"x\"}").getBytes(UTF_8);
    StreamPage page = new StreamPage();
    page.parse(body, 0, body.length);
    records.read(page, 0);
  }

  private void hear(CaptureEvent event) {
    records.heard(ScriptedTable.NAME, event);
  }

  private Commit commit(Instant completeTo) {
    return new Commit(
        chain.id(),
        1,
        START,
        1,
        completeTo,
        noFiles,
        Map.of(),
        ChangeCounts.NONE,
        Optional.empty());
  }

  @Test
  void whatWasReadIsSafeWithTheNextCommitAndNotBefore() {
    read();
    assertThat(records.areAll()).isFalse();

    hear(new CaptureEvent.Committed(commit(START)));

    assertThat(records.areAll()).isTrue();
    assertThat(heard).hasSize(1);
  }

  /** A capture that failed between reading and committing begins anew at its last commit. */
  @Test
  void whatWasReadBeforeACaptureBeganAnewIsNotInItsNextCommit() {
    read();

    hear(new CaptureEvent.Resumed(chain, Optional.empty()));
    hear(new CaptureEvent.Committed(commit(START)));

    assertThat(records.areAll()).isFalse();
  }

  /** The record is of the second 09:30:00. */
  @Test
  void aCommitPromisesTheSecondsBeforeItsOwn() {
    new ContinuousBackups(store).create(chain).append(commit(START));
    assertThat(records.areAll()).isFalse();
  }

  @Test
  void aCommitThatIsCompleteToTheNextSecondHasIt() {
    new ContinuousBackups(store).create(chain).append(commit(START.plusSeconds(1)));
    assertThat(records.areAll()).isTrue();
  }

  /** Servers other than AWS's say the minute of a change. */
  @Test
  void aRecordThatMayBeAMinuteYoungerIsSafeAMinuteLater() throws IOException {
    new ContinuousBackups(store).create(chain).append(commit(START.plusSeconds(60)));
    assertThat(records(Duration.ofMinutes(1)).areAll()).isFalse();
    assertThat(records(Duration.ofSeconds(59)).areAll()).isTrue();
  }

  /** Else Lambda would try for a day what nobody can do any more. */
  @ParameterizedTest
  @EnumSource(names = {"TABLE_DELETED", "TABLE_RECREATED", "STREAM_DISABLED", "STREAM_REPLACED"})
  void ofAStreamThatIsOverNothingMoreIsAwaited(ChainEnd.Reason reason) {
    end(reason);

    assertThat(records.areAll()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRIMMED", "SHARD_LOST", "CONTRADICTION", "DAMAGED"})
  void ofAStreamThatGoesOnTheNextChainIsAwaited(ChainEnd.Reason reason) {
    end(reason);

    assertThat(records.areAll()).isFalse();
  }

  private void end(ChainEnd.Reason reason) {
    new ContinuousBackups(store)
        .create(chain)
        .end(new ChainEnd(chain.id(), reason, "it has ended", START, START));
  }
}
