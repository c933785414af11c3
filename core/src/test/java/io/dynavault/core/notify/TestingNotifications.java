// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notifications for tests. */
public final class TestingNotifications {
  public static final Instant STARTED = Instant.parse("2026-11-21T02:00:00.123Z");

  private TestingNotifications() {}

  public static Notification.Run run(Operation operation) {
    return new Notification.Run(
        operation, Optional.of("nightly"), STARTED, Duration.ofSeconds(192), "0.1.0");
  }

  /** Two tables, of which one failed. */
  public static Notification partial() {
    return Notification.of(run(Operation.BACKUP), List.of(good("customers"), bad("orders")));
  }

  public static TableLine good(String table) {
    return TableLine.of(table, Result.SUCCESS)
        .withRecoveryPoint("01715685260608-c488b4e1")
        .withItems(1234, 5_872_026)
        .withStoredBytes(987_654)
        .withDuration(Duration.ofMillis(12_300));
  }

  public static TableLine bad(String table) {
    return TableLine.of(table, Result.FAILURE)
        .withFailure(
            new Failure("TABLE_NOT_FOUND", "there is no such table", "check the table's name"));
  }
}
