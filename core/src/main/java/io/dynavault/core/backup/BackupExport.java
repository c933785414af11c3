// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.export.NewExport;
import io.dynavault.core.export.NewFile;
import io.dynavault.core.export.WrittenFile;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The export that one backup writes, file by file noted in its journal. Safe for threads. */
final class BackupExport {
  private final BackupJournal journal;
  private final FinishedFiles finished;
  private final RunContext context;
  private final NewExport export;

  BackupExport(Vault vault, BackupJournal journal, FinishedFiles finished, RunContext context) {
    this.journal = requireNonNull(journal, "journal is null");
    this.finished = requireNonNull(finished, "finished is null");
    this.context = requireNonNull(context, "context is null");
    this.export = new NewExport(vault.store(), journal.plan().outline(), context.timing().random());
  }

  void start() {
    export.begin();
  }

  NewFile newFile() {
    return export.newFile();
  }

  /**
   * Notes a file that is stored.
   *
   * @param startKey where the segment's file before it ended; empty for the first one
   * @param endKey where it ends; empty at the segment's end
   */
  void finished(WrittenFile file, int segment, Optional<String> startKey, Optional<String> endKey) {
    FileState state =
        new FileState(segment, startKey, endKey, file.itemBytes(), file.dataFile(), file.stored());
    journal.finished(state);
    finished.add(state);
    context.progress().addStored(state.stored().size());
  }

  /** Writes the manifests; see {@link NewExport#finish}. */
  RecoveryPoint finish(Instant ended, String toolVersion, Runnable fence) {
    if (finished.files().isEmpty()) {
      finished(export.emptyFile(), 0, Optional.empty(), Optional.empty());
    }
    return export.finish(written(), ended, toolVersion, fence);
  }

  void removeStrays() {
    export.removeStrays(written());
  }

  private List<WrittenFile> written() {
    return finished.files().stream().map(FileState::written).toList();
  }
}
