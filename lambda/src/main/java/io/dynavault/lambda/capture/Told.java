// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import io.dynavault.core.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Which failures somebody was told of: an event that fails comes again every few seconds, and
 * nobody wants to be told as often. Kept as long as the function's process lives; alarms do not
 * depend on it. Safe for several threads.
 */
final class Told {
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);

  private final Map<String, Map<ErrorCode, Instant>> byTable = new HashMap<>();

  /** Whether it is time to tell of this failure; takes note that it is told. */
  synchronized boolean isNews(String table, ErrorCode code, Instant now) {
    Map<ErrorCode, Instant> told = byTable.computeIfAbsent(table, name -> new HashMap<>());
    Instant before = told.get(code);
    if (before != null && before.plus(AGAIN_AFTER).isAfter(now)) {
      return false;
    }
    told.put(code, now);
    return true;
  }

  /** The table works again: its next failure is news. */
  synchronized void works(String table) {
    byTable.remove(table);
  }
}
