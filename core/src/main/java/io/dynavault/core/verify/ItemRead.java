// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.DataFileReader;
import io.dynavault.format.export.DataFileSummary;
import io.dynavault.format.export.ExportType;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.item.ChangeLine;
import io.dynavault.format.item.IonChangeText;
import io.dynavault.format.item.ItemSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One pass over a data file, item by item. Used once. */
final class ItemRead {
  /** Findings about single items of a file that are listed; the others are counted. */
  private static final int MAX_LISTED = 20;

  private static final int ITEMS_A_STEP = 1000;

  private final ExpectedFile file;
  private final Optional<KeyPass> keys;
  private final String remedy;
  private final RunContext context;
  private final ChangeLine change = new ChangeLine();
  private final List<Finding> findings = new ArrayList<>();
  private long itemFindings;
  private long items;
  private long itemBytes;
  private long reportedItems;
  private long reportedBytes;

  ItemRead(ExpectedFile file, Optional<KeyPass> keys, String remedy, RunContext context) {
    this.file = requireNonNull(file, "file is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.remedy = requireNonNull(remedy, "remedy is null");
    this.context = requireNonNull(context, "context is null");
  }

  FileReport read(ObjectStore store) throws InterruptedException {
    long bytes = 0;
    try (ObjectDownload in = store.read(file.key());
        DataFileReader reader = open(in)) {
      bytes = read(reader);
    } catch (FormatException e) {
      findings.add(Finding.error(file.key(), reason(e), remedy));
    } catch (DynavaultException e) {
      findings.add(Finding.error(file.key(), SecondLook.reason(e), remedy));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys.ifPresent(KeyPass::end);
    report();
    countUnlisted();
    context.progress().addStored(bytes);
    return new FileReport(bytes, items, itemBytes, findings);
  }

  private DataFileReader open(ObjectDownload in) throws IOException {
    return hasChanges()
        ? DataFileReader.openRecords(in, file.key(), file.compression())
        : DataFileReader.open(in, file.key(), file.format(), file.compression());
  }

  /** Lines of an incremental export are changes, which have a key and perhaps images. */
  private boolean hasChanges() {
    return file.type() == ExportType.INCREMENTAL_EXPORT;
  }

  /** Stored bytes of a file that could be read to its end. */
  private long read(DataFileReader reader) throws IOException, InterruptedException {
    try {
      while (reader.next()) {
        if (reader.lineNumber() > file.itemCount()) {
          String what = "it has more than the %d items expected".formatted(file.itemCount());
          findings.add(Finding.error(file.key(), what, remedy));
          return 0;
        }
        if (hasChanges()) {
          checkChange(reader);
        } else {
          checkItem(reader);
        }
        step();
      }
    } catch (FormatException e) {
      findings.add(damage(reason(e), reader.lineNumber()));
      return 0;
    }
    compare(reader.summary());
    return reader.summary().storedBytes();
  }

  private void step() throws InterruptedException {
    items++;
    if (items % ITEMS_A_STEP == 0) {
      FileCheck.requireNotStopped(context);
      report();
    }
  }

  private void checkChange(DataFileReader reader) {
    try {
      if (file.format() == OutputFormat.ION) {
        IonChangeText.decodeLine(reader.array(), reader.itemOffset(), reader.itemLength());
      } else {
        change.parse(reader.array(), reader.itemOffset(), reader.itemLength());
      }
    } catch (FormatException e) {
      add(Finding.error(file.key(), reader.lineNumber(), e.getMessage(), Remedies.WRITER_AT_FAULT));
    }
  }

  private void checkItem(DataFileReader reader) {
    long line = reader.lineNumber();
    try {
      ItemBytes item = ItemBytes.of(reader, file.format());
      itemBytes += item.size();
      if (item.size() > ItemSize.MAX_ITEM_SIZE) {
        add(tooLarge(line, item.size()));
      }
      if (keys.isPresent()) {
        keys.get().add(line, item.array(), item.offset(), item.length());
      }
    } catch (FormatException e) {
      add(Finding.error(file.key(), line, e.getMessage(), Remedies.WRITER_AT_FAULT));
    }
  }

  /** Only a warning: other servers than AWS's take larger items, and have them in their tables. */
  private Finding tooLarge(long line, int size) {
    return new Finding(
        Finding.Severity.WARNING,
        file.key(),
        OptionalLong.of(line),
        "the item has %d bytes, DynamoDB takes at most %d".formatted(size, ItemSize.MAX_ITEM_SIZE),
        "a restore into DynamoDB will list it as failed");
  }

  private void add(Finding finding) {
    itemFindings++;
    if (itemFindings <= MAX_LISTED) {
      findings.add(finding);
    }
  }

  private void countUnlisted() {
    long more = itemFindings - MAX_LISTED;
    if (more > 0) {
      String what = "%d more items of this file have defects".formatted(more);
      findings.add(Finding.error(file.key(), what, Remedies.WRITER_AT_FAULT));
    }
  }

  private void compare(DataFileSummary summary) {
    findings.addAll(FileCheck.compare(file, summary.sha256(), summary.md5Checksum(), remedy));
    if (summary.itemCount() < file.itemCount()) {
      String what = "it has %d items instead of %d".formatted(items, file.itemCount());
      findings.add(Finding.error(file.key(), what, remedy));
    }
  }

  private void report() {
    context.progress().add(items - reportedItems, itemBytes - reportedBytes);
    reportedItems = items;
    reportedBytes = itemBytes;
  }

  /** A reason that begins with the line it is about becomes a finding about that line. */
  private Finding damage(String reason, long line) {
    String prefix = "line " + line + ": ";
    return reason.startsWith(prefix)
        ? Finding.error(file.key(), line, reason.substring(prefix.length()), remedy)
        : Finding.error(file.key(), reason, remedy);
  }

  /** The reason alone: the finding says which file it is. */
  private static String reason(FormatException failure) {
    return failure.getCause() instanceof FormatException cause
        ? cause.getMessage()
        : failure.getMessage();
  }
}
