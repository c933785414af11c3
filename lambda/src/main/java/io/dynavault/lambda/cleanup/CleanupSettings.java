// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.cleanup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.lambda.host.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the environment says about retention.
 *
 * @param retentionDays how old a backup gets
 * @param windowDays of continuous backups, in which any second stays restorable; 0 for ever
 * @param backupPrefix what the names of our on-demand backups begin with
 */
record CleanupSettings(String environment, int retentionDays, int windowDays, String backupPrefix) {
  CleanupSettings {
    requireNonNull(environment, "environment is null");
    requireNonNull(backupPrefix, "backupPrefix is null");
  }

  /** As the environment says. */
  static CleanupSettings of(Settings settings) {
    return new CleanupSettings(
        settings.required("ENVIRONMENT"),
        settings.number("RETENTION_DAYS", 35, 1),
        settings.number("WINDOW_DAYS", 0, 0),
        settings.text("BACKUP_PREFIX", "dynavault"));
  }

  /** What decides by these settings. */
  ExpirePlanner planner() {
    RetentionRule rule = RetentionRule.builder().keepWithin(Duration.ofDays(retentionDays)).build();
    Optional<Duration> window =
        windowDays == 0 ? Optional.empty() : Optional.of(Duration.ofDays(windowDays));
    return new ExpirePlanner(List.of(rule), LastGood.KEEP, window);
  }
}
