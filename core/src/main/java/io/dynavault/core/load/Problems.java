// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the files before they are refused. Safe for several threads. */
final class Problems {
  /** Problems that are listed; the others are counted. */
  private static final int MAX_LISTED = 100;

  private final ProblemListener listener;
  private @Nullable String first;
  private long count;

  Problems(ProblemListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  synchronized void add(String place, String reason) {
    if (first == null) {
      first = place + ": " + reason;
    }
    count++;
    if (count <= MAX_LISTED) {
      listener.problem(place, reason);
    }
  }

  /** Refuses the files if anything is wrong with them. */
  synchronized void requireNone(String tableName, LoadFormat format) {
    if (first == null) {
      return;
    }
    String more = count > 1 ? " (and %d more problems)".formatted(count - 1) : "";
    throw new DynavaultException(
        ErrorCode.ITEM_INVALID,
        "unable to import into table '%s': %s%s; nothing was written"
            .formatted(tableName, first, more),
        format == LoadFormat.JSON
            ? "correct the files; if they are DynamoDB JSON, say so with --format dynamodb-json"
            : "correct the files and run the import again");
  }
}
