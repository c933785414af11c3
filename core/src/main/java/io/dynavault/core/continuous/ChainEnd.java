// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Says that a chain has ended.
 *
 * @param detail one sentence
 * @param completeTo where its window ends; whole seconds
 * @param written by the writer's clock
 */
public record ChainEnd(
    RecoveryPointId chain, Reason reason, String detail, Instant completeTo, Instant written) {

  /** Why a chain ends. */
  public enum Reason {
    /** Records were removed from the stream before they were read. */
    TRIMMED,
    /** The stream has no shard any more that was not read to its end. */
    SHARD_LOST,
    /** The stream was switched off. */
    STREAM_DISABLED,
    /** The table has another stream now. */
    STREAM_REPLACED,
    TABLE_DELETED,
    /** The table was deleted and created again. */
    TABLE_RECREATED,
    /** A change says that the item was another one before than the changes before it left. */
    CONTRADICTION,
    /** A commit cannot be read, so that nobody knows where the chain was to be gone on with. */
    DAMAGED,
    /** A process had begun it that had lost the table to another one, whose chain goes on. */
    REPLACED
  }

  public ChainEnd {
    requireNonNull(chain, "chain is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(detail, "detail is null");
    requireNonNull(completeTo, "completeTo is null");
    requireNonNull(written, "written is null");
    if (!completeTo.equals(completeTo.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("completeTo is not a whole second");
    }
  }
}
