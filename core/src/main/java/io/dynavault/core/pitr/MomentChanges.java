// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ChangeSource;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.CommittedChanges.NeededFile;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileScan;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Ranks changes by what they decide of the table at a moment (docs/format/continuous.md, section
 * 7): the last one before it, with its new image; else the first one after it, with its old image.
 */
final class MomentChanges implements ChangeSource {
  /** Of the order of a change, its line; the rest is the number of its file. */
  private static final int LINE_BITS = 32;

  /** All changes before the moment outrank all others. */
  private static final long BEFORE = 1L << 62;

  private final ObjectStore store;
  private final CommittedChanges changes;
  private final long momentMicros;
  private final long sinceMicros;

  MomentChanges(ObjectStore store, CommittedChanges changes, Instant moment) {
    this.store = requireNonNull(store, "store is null");
    this.changes = requireNonNull(changes, "changes is null");
    this.momentMicros = micros(moment);
    this.sinceMicros = changes.changesSince().map(MomentChanges::micros).orElse(Long.MIN_VALUE);
  }

  @Override
  public long changes() {
    return changes.changes();
  }

  @Override
  public List<File> files() {
    List<File> files = new ArrayList<>();
    for (NeededFile needed : changes.files()) {
      long order = (long) files.size() << LINE_BITS;
      files.add(taker -> read(needed, order, taker));
    }
    return files;
  }

  @Override
  public void requireFiles() {
    Set<String> folders = new TreeSet<>();
    changes.files().forEach(needed -> folders.add(folder(needed.file().key())));
    Set<String> listed = new HashSet<>();
    folders.forEach(folder -> store.list(folder, info -> listed.add(info.key())));
    for (NeededFile needed : changes.files()) {
      String key = needed.file().key();
      // A listing alone proves nothing: what it does not show is asked for.
      if (!listed.contains(key) && store.stat(key).isEmpty()) {
        throw damaged(needed.file(), new FormatException("the file is missing"));
      }
    }
  }

  private static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  private void read(NeededFile needed, long firstOrder, Taker taker) {
    ChangeFile file = needed.file();
    try (ObjectDownload download = store.read(file.key());
        ChangeFileScan reader =
            ChangeFileScan.open(download, file.key(), file.changes(), file.checksum().value())) {
      long order = firstOrder;
      while (reader.next()) {
        take(reader, needed, order++, taker);
      }
    } catch (FormatException | IOException e) {
      throw damaged(file, e);
    } catch (DynavaultException e) {
      throw e.code() == ErrorCode.OBJECT_NOT_FOUND
          ? damaged(file, new FormatException("the file is missing"))
          : e;
    }
  }

  private void take(ChangeFileScan change, NeededFile needed, long order, Taker taker) {
    long time = change.micros();
    if (needed.undoes() && time < sinceMicros) {
      return; // the base has it; what came later than that is late, and it has not
    }
    if (time < momentMicros) {
      if (taker.change(change.array(), change.keys(), BEFORE | order)) {
        taker.image(change.array(), change.newImage());
      }
    } else if (needed.undoes() && taker.change(change.array(), change.keys(), BEFORE - 1 - order)) {
      taker.image(change.array(), change.oldImage());
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static DynavaultException damaged(ChangeFile file, Exception cause) {
    String reason = String.valueOf(cause.getMessage());
    return new DynavaultException(
        ErrorCode.DAMAGED,
        reason.contains(file.key())
            ? reason
            : "unable to read change file '%s': %s".formatted(file.key(), reason),
        "restore to a moment before it; see what is affected with: dynavault verify",
        cause);
  }
}
