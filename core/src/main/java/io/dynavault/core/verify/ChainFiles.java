// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.change.ChangeTally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/**
 * The change files of a chain on their way through a verification: that they are there with their
 * size, and what they hold where they are read. Memory does not grow with the length of the chain.
 */
final class ChainFiles {
  private static final int BATCH = 1024;

  private final ObjectStore store;
  private final ChangeFileCheck check;
  private final SecondLook second;
  private final Parallel parallel;
  private final List<Finding> findings = new ArrayList<>();
  private final List<NamedFile> batch = new ArrayList<>();
  private String listedFolder = "";
  private Map<String, Long> listed = Map.of();
  private long count;
  private long read;
  private long bytesRead;
  private long changes;

  /** A file, and the commit that names it. */
  private record NamedFile(ChangeFile file, Commit commit) {}

  ChainFiles(ObjectStore store, ChangeFileCheck check, SecondLook second, Parallel parallel) {
    this.store = requireNonNull(store, "store is null");
    this.check = requireNonNull(check, "check is null");
    this.second = requireNonNull(second, "second is null");
    this.parallel = requireNonNull(parallel, "parallel is null");
  }

  /**
   * Takes the files of a commit; those that are there and wanted wait to be read.
   *
   * @param wanted decides on each of them
   */
  void take(Commit commit, BooleanSupplier wanted) {
    for (ChangeFile file : commit.files()) {
      count++;
      changes += file.changes();
      Optional<Long> size = size(file.key());
      if (size.isPresent() && size.get() == file.size()) {
        if (wanted.getAsBoolean()) {
          batch.add(new NamedFile(file, commit));
        }
      } else {
        String what =
            size.isEmpty()
                ? "the file is missing"
                : "it has %d bytes, in its commit %d".formatted(size.get(), file.size());
        findings.add(Finding.error(file.key(), what, Remedies.changeFile()));
      }
    }
  }

  boolean isFull() {
    return batch.size() >= BATCH;
  }

  /** Reads what waits. */
  void readBatch() throws InterruptedException {
    List<NamedFile> chosen = List.copyOf(batch);
    batch.clear();
    List<Callable<ChangeFileCheck.Report>> tasks = new ArrayList<>();
    chosen.forEach(named -> tasks.add(() -> check.check(named.file())));
    List<ChangeFileCheck.Report> reports = parallel.run(tasks);
    Map<Long, CommitSum> sums = new TreeMap<>();
    for (int i = 0; i < chosen.size(); i++) {
      NamedFile named = chosen.get(i);
      ChangeFileCheck.Report report = reports.get(i);
      read++;
      bytesRead += named.file().size();
      findings.addAll(report.findings());
      CommitSum sum =
          sums.computeIfAbsent(named.commit().number(), same -> new CommitSum(named.commit()));
      report.tally().ifPresent(sum::add);
    }
    sums.values().forEach(sum -> sum.finding().ifPresent(findings::add));
  }

  /** What the files of a commit hold, where all of them were read and are whole. */
  private static final class CommitSum {
    private final Commit commit;
    private ChangeCounts counts = ChangeCounts.NONE;
    private int files;

    CommitSum(Commit commit) {
      this.commit = commit;
    }

    void add(ChangeTally tally) {
      counts = counts.plus(ChangeCounts.of(tally));
      files++;
    }

    Optional<Finding> finding() {
      return files < commit.files().size() || counts.equals(commit.counts())
          ? Optional.empty()
          : Optional.of(
              Finding.error(
                  commit.files().get(0).key(),
                  "the files of commit %d have other kinds of changes than it says"
                      .formatted(commit.number()),
                  Remedies.WRITER_AT_FAULT));
    }
  }

  /**
   * Files of an hour lie in one folder, which is listed once; what it does not show is asked for.
   */
  private Optional<Long> size(String key) {
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    if (!folder.equals(listedFolder)) {
      Map<String, Long> sizes = new HashMap<>();
      store.list(folder, info -> sizes.put(info.key(), info.size()));
      listed = sizes;
      listedFolder = folder;
    }
    Long size = listed.get(key);
    return size != null ? Optional.of(size) : second.stat(key).map(ObjectInfo::size);
  }

  List<Finding> findings() {
    return findings;
  }

  long count() {
    return count;
  }

  long read() {
    return read;
  }

  long bytesRead() {
    return bytesRead;
  }

  long changes() {
    return changes;
  }
}
