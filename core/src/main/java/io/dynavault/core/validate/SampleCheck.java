// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.compare.DifferenceListener;
import io.dynavault.core.compare.Fingerprint;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Reads the items of a sample back one by one, consistently, and compares each completely. */
final class SampleCheck {
  private final KeyReader keys;
  private final RunContext context;
  private final ItemLookup lookup;
  private final int workers;

  SampleCheck(TableScan table, KeyReader keys, RunContext context) {
    this.keys = keys;
    this.context = context;
    this.lookup = new ItemLookup(table, keys);
    this.workers = table.workers();
  }

  CompareResult run(List<DrawnItem> sample, DifferenceListener listener)
      throws InterruptedException {
    List<Callable<Optional<Difference.Kind>>> tasks = new ArrayList<>();
    for (DrawnItem item : sample) {
      tasks.add(() -> check(item));
    }
    List<Optional<Difference.Kind>> found = new Parallel("validate", workers).run(tasks);
    long missing = 0;
    long different = 0;
    for (int i = 0; i < found.size(); i++) {
      Optional<Difference.Kind> kind = found.get(i);
      if (kind.isPresent()) {
        missing += kind.get() == Difference.Kind.MISSING ? 1 : 0;
        different += kind.get() == Difference.Kind.DIFFERENT ? 1 : 0;
        report(kind.get(), sample.get(i), listener);
      }
    }
    return new CompareResult(sample.size() - missing - different, missing, 0, different);
  }

  private Optional<Difference.Kind> check(DrawnItem item) throws InterruptedException {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("the validation");
    }
    Optional<Item> found = lookup.find(item.key());
    context.progress().add(1, 0);
    if (found.isEmpty()) {
      return Optional.of(Difference.Kind.MISSING);
    }
    return Fingerprint.of(keys, found.get()).equals(item.fingerprint())
        ? Optional.empty()
        : Optional.of(Difference.Kind.DIFFERENT);
  }

  private void report(Difference.Kind kind, DrawnItem item, DifferenceListener listener)
      throws InterruptedException {
    listener.difference(
        new Difference(kind, keys.display(item.key())),
        item.fingerprint(),
        DynamoDbJson.encode(keys.attributes(item.key())));
  }
}
