// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.capture.CaptureEvent;
import io.dynavault.core.capture.CaptureListener;
import io.dynavault.core.continuous.ChainEnd;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.format.item.StreamPage;
import io.dynavault.lambda.capture.StreamBatch.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which records of a batch are in the table's chain: those that a capture of this process has
 * put there, and those that the last commit promises by their time. Wrong at the worst about what
 * came to the stream later than promised; the next capture reads that all the same.
 */
final class CommittedRecords implements CaptureListener {
  /** A chain that ended so has all of its stream that there will ever be. */
  private static final Set<ChainEnd.Reason> STREAM_IS_OVER =
      EnumSet.of(
          ChainEnd.Reason.TABLE_DELETED,
          ChainEnd.Reason.TABLE_RECREATED,
          ChainEnd.Reason.STREAM_DISABLED,
          ChainEnd.Reason.STREAM_REPLACED);

  /** Longer than Lambda gathers records by default, and shorter than what it repeats takes. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final StreamBatch batch;
  private final ContinuousBackups backups;
  private final Duration precision;
  private final CaptureListener next;
  private final Set<String> awaited;
  private final Set<String> read = new HashSet<>();

  /**
   * @param precision how much later than a record says its change may have been made
   * @param next hears the same
   */
  CommittedRecords(
      StreamBatch batch, ContinuousBackups backups, Duration precision, CaptureListener next) {
    this.batch = requireNonNull(batch, "batch is null");
    this.backups = requireNonNull(backups, "backups is null");
    this.precision = requireNonNull(precision, "precision is null");
    this.next = requireNonNull(next, "next is null");
    this.awaited =
        batch.records().stream().map(StreamRecord::sequenceNumber).collect(Collectors.toSet());
  }

  @Override
  public void read(StreamPage page, int index) {
    String number = page.sequenceNumber(index);
    if (awaited.contains(number)) {
      read.add(number);
    }
    next.read(page, index);
  }

  @Override
  public void heard(String tableName, CaptureEvent event) {
    if (event instanceof CaptureEvent.Committed) {
      awaited.removeAll(read);
      read.clear();
    } else if (event instanceof CaptureEvent.Begun || event instanceof CaptureEvent.Resumed) {
      read.clear(); // it was not committed, and is read again
    }
    next.heard(tableName, event);
  }

  /** Whether a record is too young to be in a commit, unless another process is fast. */
  boolean areRecent(Instant now) {
    return batch.records().stream().anyMatch(record -> record.time().isAfter(now.minus(RECENT)));
  }

  /** Whether all records are in the chain, as the vault has it now. */
  boolean areAll() {
    return firstMissing().isEmpty();
  }

  /** The first record that is not in the chain, as the vault has it now. */
  Optional<StreamRecord> firstMissing() {
    if (awaited.isEmpty()) {
      return Optional.empty();
    }
    Optional<ChainLog> captured = backups.newestCaptured(batch.tableName());
    boolean isOver =
        captured
            .filter(this::isOfTheStream)
            .or(this::lastOfTheStream)
            .filter(CommittedRecords::isOver)
            .isPresent();
    return isOver ? Optional.empty() : firstNotBefore(captured.map(CommittedRecords::completeTo));
  }

  private Optional<ChainLog> lastOfTheStream() {
    return backups.chains(batch.tableName()).stream()
        .filter(this::isOfTheStream)
        .reduce((before, after) -> after);
  }

  /** Copies of chains have what another vault's capture has read, and prove nothing of this one. */
  private boolean isOfTheStream(ChainLog chain) {
    return chain.chain().streamArn().equals(batch.streamArn()) && !chain.isCopy();
  }

  /** Whether a chain has all of its stream that there will ever be. */
  private static boolean isOver(ChainLog chain) {
    return chain.end().filter(end -> STREAM_IS_OVER.contains(end.reason())).isPresent();
  }

  private Optional<StreamRecord> firstNotBefore(Optional<Instant> completeTo) {
    return batch.records().stream()
        .filter(record -> awaited.contains(record.sequenceNumber()))
        .filter(record -> completeTo.isEmpty() || !isBefore(record, completeTo.get()))
        .findFirst();
  }

  /** What was changed before the chain began is in its base. */
  private static Instant completeTo(ChainLog chain) {
    return chain.last().map(Commit::completeTo).orElseGet(() -> chain.chain().started());
  }

  private boolean isBefore(StreamRecord record, Instant completeTo) {
    return record.time().plus(precision).isBefore(completeTo);
  }
}
