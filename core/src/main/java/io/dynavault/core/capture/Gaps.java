// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.Chain;
import io.dynavault.core.continuous.ChainEnd.Reason;
import io.dynavault.core.stream.StreamGapException;
import java.util.Optional;

/** Why chains end. */
final class Gaps {
  private Gaps() {}

  /**
   * Why a chain cannot be gone on with.
   *
   * @param detail one sentence, lower case, without full stop
   */
  record Gap(Reason reason, String detail) {
    Gap {
      requireNonNull(reason, "reason is null");
      requireNonNull(detail, "detail is null");
    }

    /** Whether it is the table that is gone, so that nothing was changed after it. */
    boolean isOfTable() {
      return reason == Reason.TABLE_DELETED || reason == Reason.TABLE_RECREATED;
    }
  }

  static final Gap CONTRADICTION =
      new Gap(
          Reason.CONTRADICTION,
          "a change says that its item was another one than the last change had left, so changes"
              + " between them are missing");

  static final Gap TOO_LATE =
      new Gap(
          Reason.TRIMMED,
          "the stream was not read for more than the 24 hours for which it keeps changes");

  /** Why the stream of a chain does not have the table's changes any more; empty if it does. */
  static Optional<Gap> find(CapturedTable table, Chain chain) {
    Optional<TableState> state = table.state();
    if (state.isEmpty()) {
      return gap(Reason.TABLE_DELETED, "the table was deleted");
    }
    if (!state.get().tableId().equals(chain.table().tableId())) {
      return gap(Reason.TABLE_RECREATED, "the table was deleted and created again");
    }
    Optional<TableStream> stream = state.get().stream();
    if (stream.isEmpty()) {
      return gap(Reason.STREAM_DISABLED, "the table's stream was switched off");
    }
    return stream.get().arn().equals(chain.streamArn())
        ? Optional.empty()
        : gap(
            Reason.STREAM_REPLACED,
            "the table's stream was switched off and another one switched on");
  }

  private static Optional<Gap> gap(Reason reason, String detail) {
    return Optional.of(new Gap(reason, detail));
  }

  /** What a reader of the stream has found. Where the stream is gone, the table knows better. */
  static Gap of(StreamGapException e, CapturedTable table, Chain chain) {
    return switch (e.reason()) {
      case TRIMMED -> new Gap(Reason.TRIMMED, e.detail());
      case SHARD_LOST -> new Gap(Reason.SHARD_LOST, e.detail());
      case STREAM_DISABLED, STREAM_GONE ->
          find(table, chain).orElseGet(() -> new Gap(Reason.STREAM_DISABLED, e.detail()));
    };
  }
}
