// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.Commit;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a span that is looked for in one chain.
 *
 * @param last the chain's last commit
 * @param from empty for the chain's beginning
 * @param to empty for its end
 */
record ChainSlice(ChainLog log, Commit last, Optional<Instant> from, Optional<Instant> to) {
  ChainSlice {
    requireNonNull(log, "log is null");
    requireNonNull(last, "last is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
  }

  boolean includes(Instant time) {
    return from.map(first -> !time.isBefore(first)).orElse(true)
        && to.map(time::isBefore).orElse(true);
  }
}
