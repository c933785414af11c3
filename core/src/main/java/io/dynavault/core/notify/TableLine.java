// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.notify.Notification.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the work on one table has ended.
 *
 * @param recoveryPoint id or ARN of what was made or used
 * @param items that were backed up, restored, imported or copied
 * @param bytes their size as DynamoDB counts it
 * @param storedBytes what was written to the vault
 * @param note what else is worth knowing, such as what was removed
 */
public record TableLine(
    String tableName,
    Result outcome,
    Optional<String> recoveryPoint,
    OptionalLong items,
    OptionalLong bytes,
    OptionalLong storedBytes,
    Optional<Duration> duration,
    Optional<String> note,
    Optional<Failure> failure) {
  public TableLine {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    requireNonNull(items, "items is null");
    requireNonNull(bytes, "bytes is null");
    requireNonNull(storedBytes, "storedBytes is null");
    requireNonNull(duration, "duration is null");
    requireNonNull(note, "note is null");
    requireNonNull(failure, "failure is null");
  }

  /** Nothing is known but how it ended; {@code with…} adds the rest. */
  public static TableLine of(String tableName, Result outcome) {
    return new TableLine(
        tableName,
        outcome,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static TableLine failed(String tableName, DynavaultException e) {
    return of(tableName, Result.FAILURE).withFailure(Failure.of(e));
  }

  public TableLine withRecoveryPoint(String id) {
    return new TableLine(
        tableName, outcome, Optional.of(id), items, bytes, storedBytes, duration, note, failure);
  }

  /**
   * With what was read and written.
   *
   * @param count items
   * @param size their bytes as DynamoDB counts them
   */
  public TableLine withItems(long count, long size) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        OptionalLong.of(count),
        OptionalLong.of(size),
        storedBytes,
        duration,
        note,
        failure);
  }

  /** With what was read and written, where their size is not known. */
  public TableLine withItems(long count) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        OptionalLong.of(count),
        bytes,
        storedBytes,
        duration,
        note,
        failure);
  }

  public TableLine withStoredBytes(long size) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        items,
        bytes,
        OptionalLong.of(size),
        duration,
        note,
        failure);
  }

  public TableLine withDuration(Duration took) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        items,
        bytes,
        storedBytes,
        Optional.of(took),
        note,
        failure);
  }

  public TableLine withNote(String text) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        items,
        bytes,
        storedBytes,
        duration,
        Optional.of(text),
        failure);
  }

  public TableLine withFailure(Failure why) {
    return new TableLine(
        tableName,
        outcome,
        recoveryPoint,
        items,
        bytes,
        storedBytes,
        duration,
        note,
        Optional.of(why));
  }
}
