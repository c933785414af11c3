// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.compare;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemDecision;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeyReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Compares a live table with what it should have. The table goes on living meanwhile: what is
 * written during the comparison shows as a difference or not.
 */
public final class CompareRun {
  private final ExpectedItems source;
  private final ExpectedItems actual;
  private final int workers;
  private final KeyReader keys;
  private final CompareScope scope;
  private final RunContext context;
  private ItemsDigest expectedDigest = ItemsDigest.EMPTY;
  private ItemsDigest actualDigest = ItemsDigest.EMPTY;

  /**
   * @param source what the table should have
   * @param table reads the live table
   * @param keys of the table
   */
  public CompareRun(
      ExpectedItems source,
      TableScan table,
      KeyReader keys,
      CompareScope scope,
      RunContext context) {
    this(source, new TableItems(table, "reading the table"), keys, scope, table.workers(), context);
  }

  /**
   * Compares any two.
   *
   * @param workers files read at the same time
   */
  public CompareRun(
      ExpectedItems source,
      ExpectedItems actual,
      KeyReader keys,
      CompareScope scope,
      int workers,
      RunContext context) {
    this.source = requireNonNull(source, "source is null");
    this.actual = requireNonNull(actual, "actual is null");
    this.workers = workers;
    this.keys = requireNonNull(keys, "keys is null");
    this.scope = requireNonNull(scope, "scope is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** Compares with a recovery point or export. */
  public CompareRun(
      ItemContent content,
      TableScan table,
      KeyReader keys,
      CompareScope scope,
      RunContext context) {
    this(ExpectedItems.of(content), table, keys, scope, context);
  }

  /** Checksum of the items that should be there; known after the run. */
  public ItemsDigest expectedDigest() {
    return expectedDigest;
  }

  /** Checksum of the table's items; known after the run. */
  public ItemsDigest actualDigest() {
    return actualDigest;
  }

  /**
   * Compares all items of the scope.
   *
   * @throws DynavaultException {@code DAMAGED} where the recovery point is not whole
   */
  public CompareResult run(DifferenceListener listener) throws InterruptedException {
    try (FingerprintSpool expected = new FingerprintSpool();
        FingerprintSpool found = new FingerprintSpool()) {
      spoolExpected(expected);
      spoolActual(found);
      context.progress().begin("comparing", 0, 0);
      expectedDigest = ItemsDigest.EMPTY;
      actualDigest = ItemsDigest.EMPTY;
      return join(expected, found, listener);
    }
  }

  private void spoolExpected(FingerprintSpool spool) throws InterruptedException {
    source.read(
        workers,
        context,
        (json, offset, length) ->
            add(spool, scope.expected(), scope.transform(), decode(json, offset, length)));
    spool.finish();
  }

  private void spoolActual(FingerprintSpool spool) throws InterruptedException {
    actual.read(
        workers,
        context,
        (json, offset, length) ->
            add(spool, scope.actual(), UnaryOperator.identity(), decode(json, offset, length)));
    spool.finish();
  }

  private boolean isSelected(ItemSelection selection, Item item) {
    return selection.decide(() -> keys.read(item), () -> item) == ItemDecision.SELECTED;
  }

  private void add(
      FingerprintSpool spool, ItemSelection selection, UnaryOperator<Item> transform, Item read) {
    try {
      if (isSelected(selection, read)) {
        Item item = transform.apply(read);
        ItemKey key = keys.read(item);
        if (scope.includes(key)) {
          spool.add(Fingerprint.of(keys, item), DynamoDbJson.encode(keys.attributes(key)));
        }
      }
    } catch (FormatException e) {
      throw damaged(e);
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
    expected.read(
        partition,
        (print, key) -> {
          expectedDigest = expectedDigest.plus(print.content());
          entries.put(print.key(), new Entry(print, key));
        });
    actual.read(
        partition,
        (print, key) -> {
          actualDigest = actualDigest.plus(print.content());
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
      throw damaged(e);
    }
  }

  private static DynavaultException damaged(FormatException cause) {
    return new DynavaultException(
        ErrorCode.DAMAGED, "unable to compare an item: " + cause.getMessage(), cause);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(Fingerprint fingerprint, byte[] key) {}
}
