// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.child;

import io.dynavault.benchmark.engine.CodecAlone;
import io.dynavault.benchmark.engine.DailyBackups;
import io.dynavault.benchmark.engine.DailyCaptures;
import io.dynavault.benchmark.engine.EngineBackup;
import io.dynavault.benchmark.engine.EngineCapture;
import io.dynavault.benchmark.engine.EngineCompact;
import io.dynavault.benchmark.engine.EngineGrowth;
import io.dynavault.benchmark.engine.EngineRestore;
import io.dynavault.benchmark.engine.MomentRestore;
import io.dynavault.benchmark.measure.Pass;
import io.dynavault.benchmark.measure.Task;
import io.dynavault.benchmark.sdk.SdkBackup;
import io.dynavault.benchmark.sdk.SdkRestore;

/** What can be measured. */
public enum Program {
  SDK_BACKUP,
  SDK_RESTORE,
  ENGINE_BACKUP,
  ENGINE_RESTORE,
  /** A backup whose data files are thrown away, for tables larger than the disk. */
  ENGINE_GROWTH,
  CODEC_ALONE,
  CAPTURE,
  /** Of a base and its changes. */
  RESTORE_MOMENT,
  /** Of the full backup that a compaction makes of them. */
  RESTORE_COMPACTED,
  COMPACT,
  /** A base, and captures once a day. */
  DAYS_CAPTURED,
  /** Full backups once a day. */
  DAYS_BACKED_UP;

  /** Prepares the work, which is not measured. */
  Pass open(Task task) throws Exception {
    return switch (this) {
      case SDK_BACKUP -> new SdkBackup(task);
      case SDK_RESTORE -> new SdkRestore(task);
      case ENGINE_BACKUP -> new EngineBackup(task);
      case ENGINE_RESTORE -> new EngineRestore(task);
      case ENGINE_GROWTH -> new EngineGrowth(task);
      case CODEC_ALONE -> new CodecAlone(task);
      case CAPTURE -> new EngineCapture(task);
      case RESTORE_MOMENT -> MomentRestore.ofChanges(task);
      case RESTORE_COMPACTED -> MomentRestore.compacted(task);
      case COMPACT -> new EngineCompact(task);
      case DAYS_CAPTURED -> new DailyCaptures(task);
      case DAYS_BACKED_UP -> new DailyBackups(task);
    };
  }
}
