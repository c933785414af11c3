// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChainReach;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.stream.StreamTail;
import io.dynavault.core.stream.TailSettings;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Timing;
import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Opens the chain to capture: the newest one while it goes on, else one that begins now. A copy of
 * another vault's chain is not gone on with: its commits are those of the other vault.
 */
final class ChainStart {
  /** Shards that are read side by side. */
  private static final int SHARDS_AT_ONCE = 8;

  private final Capture capture;
  private final ContinuousBackups backups;
  private final TailSettings tails;

  ChainStart(Capture capture) {
    this.capture = requireNonNull(capture, "capture is null");
    this.backups = new ContinuousBackups(capture.vault().store());
    RunContext context = capture.context();
    this.tails = new TailSettings(SHARDS_AT_ONCE, context.timing(), context.ticker());
  }

  /**
   * Opens it.
   *
   * @return empty where there is no chain to go on with, and no table
   */
  Optional<ChainCapture> open() throws InterruptedException {
    String table = capture.table().name();
    Optional<ChainCapture> resumed = resumed(table);
    if (resumed.isPresent()) {
      return resumed;
    }
    Optional<TableState> state = capture.table().state();
    if (state.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(begin(stream(state.get()), last(backups.ids(table))));
  }

  private static Optional<RecoveryPointId> last(List<RecoveryPointId> ids) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
  }

  /** The newest chain, if it goes on. One that cannot be read must not keep a new one away. */
  private Optional<ChainCapture> resumed(String table) {
    Optional<ChainLog> open;
    try {
      open = backups.newestCaptured(table).filter(chain -> chain.end().isEmpty());
      open.ifPresent(this::endOthers);
    } catch (DynavaultException e) {
      requireDamaged(e);
      RecoveryPointId unreadable = last(backups.ids(table)).orElseThrow(() -> e);
      capture.heard(new CaptureEvent.Gap(end(unreadable, unreadable.startTime(), e)));
      return Optional.empty();
    }
    try {
      return open.map(this::resume);
    } catch (DynavaultException e) {
      requireDamaged(e);
      capture.requireLease();
      ChainLog log = open.orElseThrow(() -> e);
      Instant completeTo = log.lastReadable().map(Commit::completeTo).orElse(log.completeFrom());
      ChainEnd end = end(log.chain().id(), completeTo, e);
      log.end(end);
      capture.heard(new CaptureEvent.Gap(end));
      return Optional.empty();
    }
  }

  /** Numbers of commits that are lost must not be given again: bases speak of the lost ones. */
  private static void requireWhole(ChainLog log) {
    Optional<String> damage = ChainReach.of(log).damage();
    if (damage.isPresent()) {
      throw new DynavaultException(ErrorCode.DAMAGED, damage.get());
    }
  }

  /** What a process has begun that had slept and lost the table, and that nobody goes on with. */
  private void endOthers(ChainLog open) {
    for (ChainLog other : backups.openCaptured(open.chain().tableName())) {
      if (!other.chain().id().equals(open.chain().id())) {
        capture.requireLease();
        other.end(
            new ChainEnd(
                other.chain().id(),
                ChainEnd.Reason.REPLACED,
                "chain %s was gone on with".formatted(open.chain().id()),
                other.lastReadable().map(Commit::completeTo).orElse(other.completeFrom()),
                capture.context().timing().clock().instant()));
      }
    }
  }

  private static void requireDamaged(DynavaultException failure) {
    if (failure.code() != ErrorCode.DAMAGED) {
      throw failure;
    }
  }

  private ChainEnd end(RecoveryPointId chain, Instant completeTo, DynavaultException damage) {
    return new ChainEnd(
        chain,
        ChainEnd.Reason.DAMAGED,
        "the vault is damaged: " + damage.getMessage(),
        completeTo.truncatedTo(ChronoUnit.SECONDS),
        capture.context().timing().clock().instant());
  }

  private ChainCapture resume(ChainLog log) {
    log.requireTail();
    requireWhole(log);
    ChainWriter writer = writer(log);
    StreamTail tail =
        StreamTail.resume(
            capture.streams(),
            log.chain().streamArn(),
            writer.positions(),
            writer.completeTo(),
            tails);
    capture.heard(new CaptureEvent.Resumed(log.chain(), writer.last()));
    return new ChainCapture(capture, writer, tail);
  }

  private ChainCapture begin(TableStream stream, Optional<RecoveryPointId> before)
      throws InterruptedException {
    TableDefinition table = capture.table().definition();
    StreamTail tail = StreamTail.begin(capture.streams(), stream.arn(), tails);
    // Asked when the last position is fixed: what was changed before is in the base alone, and no
    // second until then can be told from the next.
    Instant started = capture.serverTime(stream.arn());
    Chain chain =
        new Chain(
            idAfter(before),
            table,
            stream.arn(),
            started,
            tail.positions(),
            capture.request().toolVersion());
    capture.requireLease();
    ChainLog log = backups.create(chain);
    capture.heard(new CaptureEvent.Begun(chain));
    return new ChainCapture(capture, writer(log), tail);
  }

  private ChainWriter writer(ChainLog log) {
    return new ChainWriter(log, capture.lease().epoch(), capture.context().timing().clock());
  }

  /** Chains sort by their ids, also where the clock has been set back. */
  private RecoveryPointId idAfter(Optional<RecoveryPointId> before) {
    Timing timing = capture.context().timing();
    Instant now = timing.clock().instant();
    Instant earliest =
        before.map(id -> id.startTime().plusMillis(1)).filter(now::isBefore).orElse(now);
    return RecoveryPointId.create(earliest, timing.random());
  }

  /** The table's stream, switched on if none is. */
  private TableStream stream(TableState state) throws InterruptedException {
    TableStream stream = state.stream().isPresent() ? state.stream().get() : enabledStream();
    if (!stream.hasBothImages()) {
      String table = capture.table().name();
      throw new DynavaultException(
          ErrorCode.STREAM_UNFIT,
          "unable to capture table '%s': its stream has %s, not NEW_AND_OLD_IMAGES"
              .formatted(table, stream.view()),
          """
          a stream's view cannot be changed: switch it off with aws dynamodb update-table \
          --table-name %s --stream-specification StreamEnabled=false when nothing else reads it, \
          then start again; or back the table up by schedule with: dynavault backup\
          """
              .formatted(table));
    }
    return stream;
  }

  private TableStream enabledStream() throws InterruptedException {
    String table = capture.table().name();
    capture.table().enableStream();
    capture.heard(new CaptureEvent.StreamEnabled());
    return capture
        .table()
        .state()
        .flatMap(TableState::stream)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "unable to capture table '%s': its stream was switched on and is not there yet"
                        .formatted(table)));
  }
}
