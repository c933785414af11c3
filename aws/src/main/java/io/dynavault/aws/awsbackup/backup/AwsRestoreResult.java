// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.SettingOutcome;
import java.time.Duration;
import java.util.List;

/**
 * A table that AWS Backup has restored.
 *
 * @param settings what became of each setting that AWS drops
 */
public record AwsRestoreResult(
    String tableName, String jobId, List<SettingOutcome> settings, Duration duration) {
  public AwsRestoreResult {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(jobId, "jobId is null");
    settings = List.copyOf(settings);
    requireNonNull(duration, "duration is null");
  }

  /** Whether every setting is as it shall be, as far as the endpoint has it. */
  public boolean complete() {
    return settings.stream().noneMatch(setting -> setting.result() == SettingOutcome.Result.FAILED);
  }
}
