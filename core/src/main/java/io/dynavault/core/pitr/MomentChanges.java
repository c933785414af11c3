// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ChangeSource;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileScan;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    return changes.files().changes();
  }

  @Override
  public int files() {
    return changes.files().count();
  }

  @Override
  public void readBackwards(int from, int to, FileReader reader) throws InterruptedException {
    changes
        .files()
        .readBackwards(
            from,
            to,
            (number, needed) ->
                reader.read(taker -> read(needed, (long) number << LINE_BITS, taker)));
  }

  /** Files of one hour lie in one folder, or in that of the hour before it, which was listed. */
  @Override
  public void requireFiles() {
    Map<String, Set<String>> listed = new HashMap<>();
    for (int page = 0; page < changes.files().pages(); page++) {
      List<NeededFile> files = changes.files().files(page);
      Set<String> folders = new TreeSet<>();
      files.forEach(needed -> folders.add(folder(needed.file().key())));
      listed.keySet().retainAll(folders);
      folders.forEach(folder -> listed.computeIfAbsent(folder, this::list));
      files.forEach(needed -> requireFile(needed.file(), listed));
    }
  }

  private Set<String> list(String folder) {
    Set<String> keys = new HashSet<>();
    store.list(folder, info -> keys.add(info.key()));
    return keys;
  }

  /** A listing alone proves nothing: what it does not show is asked for. */
  private void requireFile(ChangeFile file, Map<String, Set<String>> listed) {
    Set<String> keys = listed.getOrDefault(folder(file.key()), Set.of());
    if (!keys.contains(file.key()) && store.stat(file.key()).isEmpty()) {
      throw damaged(file, new FormatException("the file is missing"));
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
