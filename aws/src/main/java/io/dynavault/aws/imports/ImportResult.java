// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.SettingOutcome;
import java.time.Duration;
import java.util.List;

/**
 * A table that AWS has imported, wholly or not.
 *
 * @param info what AWS says of the import; not COMPLETED where some items are missing
 * @param errors the first lines that AWS has not taken
 * @param settings what became of each setting; none where items are missing
 * @param notes what is worth knowing, one sentence each
 */
public record ImportResult(
    String tableName,
    ImportInfo info,
    ErrorLog errors,
    List<SettingOutcome> settings,
    Duration duration,
    List<String> notes) {
  public ImportResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(info, "info is null");
    requireNonNull(errors, "errors is null");
    settings = List.copyOf(settings);
    requireNonNull(duration, "duration is null");
    notes = List.copyOf(notes);
  }

  /** Whether the table has all items. */
  public boolean whole() {
    return info.status() == ImportInfo.Status.COMPLETED;
  }

  /** Whether the table has all items, and every setting is as it shall be. */
  public boolean complete() {
    return whole()
        && settings.stream().noneMatch(setting -> setting.result() == SettingOutcome.Result.FAILED);
  }
}
