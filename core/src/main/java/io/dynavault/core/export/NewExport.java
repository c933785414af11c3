// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.ObjectUpload;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
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
import java.util.random.RandomGenerator;

/**
 * An export that is being written into a vault: first the marker, then data files, then the
 * manifests; the record that is to be committed comes out at the end. Safe for several threads.
 */
public final class NewExport {
  private final ObjectStore store;
  private final ExportOutline outline;
  private final RandomGenerator random;
  private final ExportLayout layout;
  private final StorePlace place;

  /**
   * @param store the vault's
   * @param random names data files
   */
  public NewExport(ObjectStore store, ExportOutline outline, RandomGenerator random) {
    this.store = requireNonNull(store, "store is null");
    this.outline = requireNonNull(outline, "outline is null");
    this.random = requireNonNull(random, "random is null");
    this.layout = outline.layout();
    this.place = StorePlace.of(store.location());
  }

  /** Writes the marker that AWS's exports begin with: a store that refuses it refuses all. */
  public void begin() {
    ExportObject started = ExportManifests.started(layout);
    store.putIfAbsent(started.key(), started.content());
  }

  /** Begins a data file under a name of its own. */
  public NewFile newFile() {
    String suffix = outline.outputFormat().suffix() + outline.codec().compression().suffix();
    String key = layout.dataFile(DataFileName.create(random, suffix));
    ObjectUpload upload = store.upload(key);
    try {
      return new NewFile(
          key,
          place.keyFromRoot(key),
          upload,
          DataFileWriter.open(upload, outline.codec()),
          LineEncoder.of(outline.outputFormat()));
    } catch (IOException e) {
      upload.close();
      throw new DynavaultException(
          ErrorCode.STORE_FAILED, "unable to write '" + key + "': " + e.getMessage(), e);
    }
  }

  /** A data file without lines: AWS's export of an empty table has data files, too. */
  public WrittenFile emptyFile() {
    try (NewFile empty = newFile()) {
      return empty.commit();
    }
  }

  /**
   * Writes the manifests.
   *
   * <p>A run that slept and was resumed by another must not replace what that one has committed:
   * manifests are only put where there is none, and replaced, after a look at the lease, where this
   * run or the one before it died between manifests and commit.
   *
   * @param files all data files; at least one
   * @param ended when the last item was read
   * @param fence fails if the lease is no longer ours
   * @return the record to commit
   */
  public RecoveryPoint finish(
      List<WrittenFile> files, Instant ended, String toolVersion, Runnable fence) {
    fence.run();
    List<StoredFile> stored = new ArrayList<>();
    stored.add(entry(ExportManifests.started(layout)));
    files.forEach(file -> stored.add(file.stored()));
    for (ExportObject object : new Manifests(outline, layout, place).of(files, ended)) {
      put(object, fence);
      stored.add(entry(object));
    }
    return record(files, stored, ended, toolVersion);
  }

  /**
   * Removes data files that are not among these: those that a killed run had stored and not noted
   * were written again under other names. To be called after the commit, when nobody else can have
   * committed them.
   */
  public void removeStrays(List<WrittenFile> files) {
    Set<String> ours = new HashSet<>();
    files.forEach(file -> ours.add(file.stored().key()));
    List<String> strays = new ArrayList<>();
    store.list(
        layout.data(),
        info -> {
          if (!ours.contains(info.key())) {
            strays.add(info.key());
          }
        });
    strays.forEach(store::delete);
  }

  private RecoveryPoint record(
      List<WrittenFile> files, List<StoredFile> stored, Instant ended, String toolVersion) {
    return new RecoveryPoint(
        outline.id(),
        outline.method(),
        outline.table(),
        outline.moment(),
        ended,
        new StoredExport(
            layout.folder(),
            outline.outputFormat(),
            outline.codec().compression(),
            files.stream().mapToLong(file -> file.dataFile().itemCount()).sum(),
            files.stream().mapToLong(WrittenFile::itemBytes).sum(),
            stored,
            Optional.empty()),
        outline.consistency(),
        outline.filtered(),
        outline.deleteAfter(),
        outline.tags(),
        toolVersion);
  }

  private void put(ExportObject object, Runnable fence) {
    if (store.putIfAbsent(object.key(), object.content()).isPresent()) {
      return;
    }
    ObjectInfo former = store.stat(object.key()).orElseThrow(() -> lost(object));
    fence.run();
    if (store.replace(object.key(), object.content(), former.version()).isEmpty()) {
      throw lost(object);
    }
  }

  private static DynavaultException lost(ExportObject object) {
    return new DynavaultException(
        ErrorCode.LEASE_LOST,
        "unable to write '" + object.key() + "': another process works on this backup",
        "see what it did with: dynavault list");
  }

  private static StoredFile entry(ExportObject object) {
    return new StoredFile(object.key(), object.content().length, object.sha256(), 0);
  }
}
