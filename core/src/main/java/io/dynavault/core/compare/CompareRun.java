// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Compares a recovery point with a live table. The table goes on living meanwhile: what is written
 * during the comparison shows as a difference or not.
 */
public final class CompareRun {
  private final ExportContent content;
  private final TableScan table;
  private final KeyReader keys;
  private final CompareScope scope;
  private final RunContext context;

  /**
   * @param table reads the live table
   * @param keys of the table
   */
  public CompareRun(
      ExportContent content,
      TableScan table,
      KeyReader keys,
      CompareScope scope,
      RunContext context) {
    this.content = requireNonNull(content, "content is null");
    this.table = requireNonNull(table, "table is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.scope = requireNonNull(scope, "scope is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Compares all items of the scope.
   *
   * @throws DynavaultException {@code DAMAGED} where the recovery point is not whole
   */
  public CompareResult run(DifferenceListener listener) throws InterruptedException {
    try (FingerprintSpool expected = new FingerprintSpool();
        FingerprintSpool actual = new FingerprintSpool()) {
      context
          .progress()
          .begin("reading the recovery point", content.export().summary().itemCount(), 0);
      spoolContent(expected);
      context.progress().begin("reading the table", table.tableItems(), 0);
      spoolTable(actual);
      context.progress().begin("comparing", 0, 0);
      return join(expected, actual, listener);
    }
  }

  private void spoolContent(FingerprintSpool spool) throws InterruptedException {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ExportFile file : content.export().files()) {
      tasks.add(
          () -> {
            content.read(
                file,
                (json, offset, length, size) -> {
                  if (context.stop().isRequested()) {
                    throw context.stop().interrupted("the comparison");
                  }
                  context.progress().add(1, length);
                  Item item = decode(json, offset, length);
                  if (isSelected(scope.expected(), item)) {
                    add(spool, scope.transform().apply(item));
                  }
                });
            return true;
          });
    }
    new Parallel("compare", table.workers()).run(tasks);
    spool.finish();
  }

  private void spoolTable(FingerprintSpool spool) throws InterruptedException {
    table.scan(
        (json, offset, length) -> {
          context.progress().add(1, length);
          Item item = decode(json, offset, length);
          if (isSelected(scope.actual(), item)) {
            add(spool, item);
          }
        });
    spool.finish();
  }

  private boolean isSelected(ItemSelection selection, Item item) {
    return selection.decide(() -> keys.read(item), () -> item) == ItemDecision.SELECTED;
  }

  private void add(FingerprintSpool spool, Item item) {
    ItemKey key = keys.read(item);
    if (scope.includes(key)) {
      spool.add(Fingerprint.of(keys, item), DynamoDbJson.encode(keys.attributes(key)));
    }
  }

  private CompareResult join(
      FingerprintSpool expected, FingerprintSpool actual, DifferenceListener listener)
      throws InterruptedException {
    long[] counts = new long[4];
    for (int partition = 0; partition < FingerprintSpool.PARTITIONS; partition++) {
      if (context.stop().isRequested()) {
        throw context.stop().interrupted("the comparison");
      }
      join(partition, expected, actual, listener, counts);
    }
    return new CompareResult(counts[0], counts[1], counts[2], counts[3]);
  }

  private void join(
      int partition,
      FingerprintSpool expected,
      FingerprintSpool actual,
      DifferenceListener listener,
      long[] counts)
      throws InterruptedException {
    Map<Fingerprint.Hash, Entry> entries = new HashMap<>();
    expected.read(partition, (print, key) -> entries.put(print.key(), new Entry(print, key)));
    actual.read(
        partition,
        (print, key) -> {
          Entry entry = entries.remove(print.key());
          if (entry == null) {
            counts[2]++;
            listener.difference(difference(Difference.Kind.EXTRA, key), print, key);
          } else if (entry.fingerprint().content().equals(print.content())) {
            counts[0]++;
          } else {
            counts[3]++;
            listener.difference(
                difference(Difference.Kind.DIFFERENT, key), entry.fingerprint(), key);
          }
        });
    for (Entry entry : entries.values()) {
      counts[1]++;
      listener.difference(
          difference(Difference.Kind.MISSING, entry.key()), entry.fingerprint(), entry.key());
    }
  }

  private Difference difference(Difference.Kind kind, byte[] key) {
    return new Difference(kind, keys.display(keys.read(key, 0, key.length)));
  }

  private static Item decode(byte[] json, int offset, int length) {
    try {
      return DynamoDbJson.decode(json, offset, length);
    } catch (FormatException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, "unable to compare an item: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(Fingerprint fingerprint, byte[] key) {}
}
