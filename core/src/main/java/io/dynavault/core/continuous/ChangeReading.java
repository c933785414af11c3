// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.change.ChangeFileReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Reads the changes of a chain, some files at the same time, each verified by its SHA-256 and its
 * number of changes at its end: what was handed out before may be of a damaged file, and whoever
 * cannot take it back must not act before {@link #read} has returned. One worker hands them out in
 * order. Memory does not grow with the number of commits.
 */
public final class ChangeReading {
  /** Files that are given to the workers at a time. */
  private static final int BATCH = 1024;

  private final ObjectStore store;
  private final int workers;
  private final StopSignal stop;
  private final Predicate<ChangeFile> wanted;

  private ChangeReading(
      ObjectStore store, int workers, StopSignal stop, Predicate<ChangeFile> wanted) {
    this.store = requireNonNull(store, "store is null");
    this.workers = workers;
    this.stop = requireNonNull(stop, "stop is null");
    this.wanted = requireNonNull(wanted, "wanted is null");
  }

  /**
   * @param store the vault's
   * @param workers files that are read at the same time; with 1 all changes come in order
   */
  public ChangeReading(ObjectStore store, int workers, StopSignal stop) {
    this(store, workers, stop, file -> true);
  }

  /** The same, which leaves out files without having read them. */
  public ChangeReading only(Predicate<ChangeFile> files) {
    return new ChangeReading(store, workers, stop, files);
  }

  /**
   * Reads the changes from one commit to another one, both included.
   *
   * @throws DynavaultException {@code DAMAGED} if a commit or a file is missing or damaged, {@code
   *     INTERRUPTED} after a stop, or what the visitor throws
   */
  public void read(ChainLog log, long from, long to, ChangeVisitor visitor)
      throws InterruptedException {
    requireNonNull(visitor, "visitor is null");
    long next = from;
    while (next <= to) {
      Batch batch = new Batch(next);
      log.walk(next, to, batch::take);
      read(batch, log, visitor);
      next = batch.next;
    }
  }

  private void read(Batch batch, ChainLog log, ChangeVisitor visitor) throws InterruptedException {
    try {
      batch.read(visitor);
    } catch (DynavaultException e) {
      log.requireNotExpired(batch.first); // meanwhile
      throw e;
    }
  }

  /** Reads the changes of commits. */
  public void read(List<Commit> commits, ChangeVisitor visitor) throws InterruptedException {
    requireNonNull(visitor, "visitor is null");
    Batch batch = new Batch(1);
    commits.forEach(batch::take);
    batch.read(visitor);
  }

  /** Files of some commits, to be read side by side. */
  private final class Batch {
    private final List<NumberedFile> files = new ArrayList<>();
    private final long first;
    private long next;

    Batch(long first) {
      this.first = first;
      this.next = first;
    }

    /** Returns whether there is room for more. */
    boolean take(Commit commit) {
      for (int i = 0; i < commit.files().size(); i++) {
        ChangeFile file = commit.files().get(i);
        if (wanted.test(file)) {
          files.add(new NumberedFile(commit.number(), i, file));
        }
      }
      next = commit.number() + 1;
      return files.size() < BATCH;
    }

    void read(ChangeVisitor visitor) throws InterruptedException {
      if (workers == 1) {
        for (NumberedFile file : files) {
          file.read(visitor);
        }
        return;
      }
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (NumberedFile file : files) {
        tasks.add(
            () -> {
              file.read(visitor);
              return true;
            });
      }
      new Parallel("changes", workers).run(tasks);
    }
  }

  private final class NumberedFile {
    private final long commit;
    private final int place;
    private final ChangeFile file;

    NumberedFile(long commit, int place, ChangeFile file) {
      this.commit = commit;
      this.place = place;
      this.file = file;
    }

    void read(ChangeVisitor visitor) throws InterruptedException {
      requireNotStopped();
      try (ObjectDownload stored = store.read(file.key());
          ChangeFileReader reader =
              ChangeFileReader.open(stored, file.key(), file.changes(), file.checksum().value())) {
        while (reader.next()) {
          requireNotStopped();
          visitor.change(commit, place, reader);
        }
      } catch (FormatException | IOException e) {
        throw damaged(String.valueOf(e.getMessage()), e);
      } catch (DynavaultException e) {
        throw e.code() == ErrorCode.OBJECT_NOT_FOUND
            ? damaged("unable to read change file '" + file.key() + "': it is missing", e)
            : e;
      }
    }

    private DynavaultException damaged(String message, Exception cause) {
      return new DynavaultException(
          ErrorCode.DAMAGED,
          message,
          "put the file back from a copy of the vault; times before the changes of this file can"
              + " still be restored",
          cause);
    }

    private void requireNotStopped() {
      if (stop.isRequested()) {
        throw stop.interrupted("reading changes");
      }
    }
  }
}
