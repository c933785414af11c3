// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.DataFileWriter;
import io.dynavault.format.export.ExportManifests;
import io.dynavault.format.export.ExportObject;
import io.dynavault.format.layout.DataFileName;
import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The export that one backup writes. Safe for several threads. */
final class BackupExport {
  private final Vault vault;
  private final BackupJournal journal;
  private final FinishedFiles finished;
  private final RunContext context;
  private final BackupPlan plan;
  private final ExportLayout layout;
  private final StorePlace place;

  BackupExport(Vault vault, BackupJournal journal, FinishedFiles finished, RunContext context) {
    this.vault = requireNonNull(vault, "vault is null");
    this.journal = requireNonNull(journal, "journal is null");
    this.finished = requireNonNull(finished, "finished is null");
    this.context = requireNonNull(context, "context is null");
    this.plan = journal.plan();
    this.layout = BackupJournal.layout(plan);
    this.place = StorePlace.of(vault.store().location());
  }

  /** Writes the marker that AWS's exports begin with: a store that refuses it refuses all. */
  void start() {
    ExportObject started = ExportManifests.started(layout);
    vault.store().putIfAbsent(started.key(), started.content());
  }

  /** Begins a data file under a name of its own. */
  OpenFile newFile() {
    String suffix = plan.options().outputFormat().suffix() + plan.options().compression().suffix();
    String name = DataFileName.create(context.timing().random(), suffix);
    String key = layout.dataFile(name);
    FileTarget target = new FileTarget(key, place.keyFromRoot(key), this::finished);
    ObjectUpload upload = vault.store().upload(key);
    try {
      return new OpenFile(
          target,
          upload,
          DataFileWriter.open(upload, plan.options().codec()),
          LineEncoder.of(plan.options().outputFormat()));
    } catch (IOException e) {
      upload.close();
      throw new DynavaultException(
          ErrorCode.STORE_FAILED, "unable to write '" + key + "': " + e.getMessage(), e);
    }
  }

  /**
   * Writes the manifests.
   *
   * <p>A run that slept and was resumed by another must not replace what that one has committed:
   * manifests are only put where there is none, and replaced, after a look at the lease, where this
   * run or the one before it died between manifests and commit.
   *
   * @param ended when the last item was read
   * @param fence fails if the lease is no longer ours
   * @return the record to commit
   */
  RecoveryPoint finish(Instant ended, String toolVersion, Runnable fence) {
    if (finished.files().isEmpty()) {
      storeEmptyFile();
    }
    List<FileState> files = finished.files();
    fence.run();
    List<StoredFile> stored = new ArrayList<>();
    stored.add(entry(ExportManifests.started(layout)));
    files.forEach(file -> stored.add(file.stored()));
    for (ExportObject object : new Manifests(plan, layout, place).of(files, ended)) {
      put(object, fence);
      stored.add(entry(object));
    }
    return record(files, stored, ended, toolVersion);
  }

  /** AWS's export of an empty table has data files too, without lines. */
  private void storeEmptyFile() {
    try (OpenFile empty = newFile()) {
      empty.commit(0, Optional.empty(), Optional.empty());
    }
  }

  private void finished(FileState state) {
    journal.finished(state);
    finished.add(state);
    context.progress().addStored(state.stored().size());
  }

  private RecoveryPoint record(
      List<FileState> files, List<StoredFile> stored, Instant ended, String toolVersion) {
    return new RecoveryPoint(
        plan.id(),
        Method.SCAN,
        plan.table(),
        plan.id().startTime(),
        ended,
        new StoredExport(
            layout.folder(),
            plan.options().outputFormat(),
            plan.options().compression(),
            files.stream().mapToLong(file -> file.dataFile().itemCount()).sum(),
            files.stream().mapToLong(FileState::itemBytes).sum(),
            stored,
            Optional.empty()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        plan.query().filtered(),
        plan.options().deleteAfter().map(plan.id().startTime()::plus),
        plan.options().tags(),
        toolVersion);
  }

  private void put(ExportObject object, Runnable fence) {
    if (vault.store().putIfAbsent(object.key(), object.content()).isPresent()) {
      return;
    }
    ObjectInfo former = vault.store().stat(object.key()).orElseThrow(() -> lost(object));
    fence.run();
    boolean replaced =
        vault.store().replace(object.key(), object.content(), former.version()).isPresent();
    if (!replaced) {
      throw lost(object);
    }
  }

  private static DynavaultException lost(ExportObject object) {
    return new DynavaultException(
        ErrorCode.LEASE_LOST,
        "unable to write '" + object.key() + "': another process works on this backup",
        "see what it did with: dynavault list");
  }

  /**
   * Files that a killed run had stored and not noted were written again under other names. Removed
   * after the commit, when nobody else can have committed them.
   */
  void removeStrays() {
    Set<String> ours = new HashSet<>();
    finished.files().forEach(file -> ours.add(file.stored().key()));
    List<String> strays = new ArrayList<>();
    vault
        .store()
        .list(
            layout.data(),
            info -> {
              if (!ours.contains(info.key())) {
                strays.add(info.key());
              }
            });
    strays.forEach(vault.store()::delete);
  }

  private static StoredFile entry(ExportObject object) {
    return new StoredFile(object.key(), object.content().length, object.sha256(), 0);
  }
}
