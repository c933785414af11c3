// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.SettingOutcome;
import java.time.Duration;
import java.util.List;

/**
 * A table that AWS has restored.
 *
 * @param settings what became of each setting that AWS drops
 * @param notes what is worth knowing, one sentence each
 */
public record ManagedRestoreResult(
    String tableName,
    String source,
    List<SettingOutcome> settings,
    Duration duration,
    List<String> notes) {
  public ManagedRestoreResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(source, "source is null");
    settings = List.copyOf(settings);
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }

  /** Whether every setting is as it shall be, as far as the endpoint has it. */
  public boolean complete() {
    return settings.stream().noneMatch(setting -> setting.result() == SettingOutcome.Result.FAILED);
  }
}
