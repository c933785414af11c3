// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.duplicate.KeyHashSpool;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One export on its way through a verification: {@link #begin} looks at the structure, {@link
 * #read} is called for each of {@link #files} by several threads, and whoever reads the last one
 * draws the sums.
 */
final class ExportCheck implements AutoCloseable {
  private final ExportSubject subject;
  private final ObjectStore store;
  private final FileCheck fileCheck;
  private final RunContext context;
  private final Optional<KeyReader> keys;
  private final KeyHashSpool spool = new KeyHashSpool();
  private final List<Finding> findings = Collections.synchronizedList(new ArrayList<>());
  private final List<FileReport> reports = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger left = new AtomicInteger();
  private List<ExpectedFile> files = List.of();
  private int dataFiles;
  private volatile @Nullable VerifiedExport result;

  ExportCheck(ExportSubject subject, ObjectStore store, FileCheck fileCheck, RunContext context) {
    this.subject = requireNonNull(subject, "subject is null");
    this.store = requireNonNull(store, "store is null");
    this.fileCheck = requireNonNull(fileCheck, "fileCheck is null");
    this.context = requireNonNull(context, "context is null");
    this.keys = subject.keySchema().map(KeyReader::new);
  }

  /**
   * Looks at the structure.
   *
   * @param choice which of the data files are then read
   */
  void begin(FileChoice choice) throws InterruptedException {
    Structure structure = subject.structure().check();
    findings.addAll(structure.findings());
    dataFiles = structure.dataFiles();
    files = choice.of(structure.readable());
    left.set(files.size());
    if (files.isEmpty()) {
      conclude();
    }
  }

  /** The data files to be read. */
  List<ExpectedFile> files() {
    return files;
  }

  void read(ExpectedFile file) throws InterruptedException {
    FileCheck.requireNotStopped(context);
    Optional<KeyPass> pass = keys.map(reader -> new KeyPass(reader, spool));
    FileReport report = fileCheck.check(file, pass, subject.remedy());
    reports.add(report);
    findings.addAll(report.findings());
    if (left.decrementAndGet() == 0) {
      conclude();
    }
  }

  VerifiedExport result() {
    return requireNonNull(result, "not all files were read");
  }

  @Override
  public void close() {
    spool.close();
  }

  private void conclude() throws InterruptedException {
    findDuplicates();
    spool.close();
    long items = reports.stream().mapToLong(FileReport::items).sum();
    long itemBytes = reports.stream().mapToLong(FileReport::itemBytes).sum();
    if (items > 0 && isComplete()) {
      subject.compareBytes(itemBytes).ifPresent(findings::add);
    }
    List<Finding> found = findings.stream().sorted(FindingOrder.BY_PLACE).toList();
    if (found.stream().anyMatch(Finding::isError) && !subject.stillExists()) {
      found = List.of(subject.goneMeanwhile());
    }
    result =
        new VerifiedExport(
            subject.folder(),
            subject.recoveryPoint(),
            dataFiles,
            reports.size(),
            reports.stream().mapToLong(FileReport::bytes).sum(),
            items,
            found);
  }

  private void findDuplicates() throws InterruptedException {
    Set<Long> repeated = spool.repeated(DuplicateSearch.MAX_HASHES);
    if (keys.isPresent() && !repeated.isEmpty()) {
      findings.addAll(
          new DuplicateSearch(keys.get(), repeated, context)
              .search(store, subject.folder(), files));
    }
  }

  /** Whether all items of the export were read, and nothing was wrong with them. */
  private boolean isComplete() {
    return files.size() == dataFiles && findings.stream().noneMatch(Finding::isError);
  }
}
