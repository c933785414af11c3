// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.compare.DifferenceListener;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * Compares a restored table with what it should have. The table is read consistently if its scan
 * says so; what is written to it meanwhile shows as a difference or not.
 */
public final class TableValidation {
  private final ExpectedItems expected;
  private final TableScan table;
  private final KeyReader keys;
  private final CompareScope scope;
  private final Set<Difference.Kind> tolerated;
  private final RunContext context;

  /**
   * All items of both sides, as they are.
   *
   * @param expected what the table should have, such as {@code ExpectedItems.of(scanOfTheSource)}
   * @param table reads the restored table
   * @param keySchema of the restored table
   */
  public TableValidation(
      ExpectedItems expected, TableScan table, KeySchema keySchema, RunContext context) {
    this(expected, table, keySchema, CompareScope.everything(), Set.of(), context);
  }

  /**
   * @param scope which items count, and what a restore did to them
   * @param tolerated what is no difference, because the restore had to leave it alone
   */
  public TableValidation(
      ExpectedItems expected,
      TableScan table,
      KeySchema keySchema,
      CompareScope scope,
      Set<Difference.Kind> tolerated,
      RunContext context) {
    this.expected = requireNonNull(expected, "expected is null");
    this.table = requireNonNull(table, "table is null");
    this.keys = new KeyReader(keySchema);
    this.scope = requireNonNull(scope, "scope is null");
    this.tolerated = Set.copyOf(tolerated);
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * Validates.
   *
   * @param listener is told of every item that differs; of none where only counts are compared
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where a recovery point is
   *     not whole, {@code INTERRUPTED} after a stop
   */
  public ValidationResult run(ValidationLevel level, DifferenceListener listener)
      throws InterruptedException {
    long started = context.ticker().nanos();
    Findings findings = find(level, listener);
    return new ValidationResult(
        table.query().tableName(),
        expected.name(),
        expected.origin(),
        level,
        findings.expected(),
        findings.actual(),
        findings.compared(),
        findings.seed(),
        findings.digests(),
        Duration.ofNanos(context.ticker().nanos() - started));
  }

  private record Findings(
      long expected,
      long actual,
      CompareResult compared,
      OptionalLong seed,
      Optional<ValidationResult.Digests> digests) {}

  private Findings find(ValidationLevel level, DifferenceListener listener)
      throws InterruptedException {
    if (level instanceof ValidationLevel.Counts) {
      return counts();
    }
    if (level instanceof ValidationLevel.Sample sample) {
      return sample(sample, listener);
    }
    return all(listener);
  }

  private Findings counts() throws InterruptedException {
    long should = scope.expected().isEverything() ? expected.count() : countSelected();
    context.progress().begin("counting the items of the table", should, 0);
    long is = scope.actual().isEverything() ? table.count() : countInScope();
    long missing = Math.max(0, should - is);
    long extra = tolerated.contains(Difference.Kind.EXTRA) ? 0 : Math.max(0, is - should);
    CompareResult compared = new CompareResult(Math.min(should, is), missing, extra, 0);
    return new Findings(should, is, compared, OptionalLong.empty(), Optional.empty());
  }

  private long countSelected() throws InterruptedException {
    LongAdder selected = new LongAdder();
    Items items = new Items(keys, scope.expected());
    expected.read(
        table.workers(),
        context,
        (json, offset, length) -> {
          if (items.isSelected(json, offset, length)) {
            selected.increment();
          }
        });
    return selected.sum();
  }

  private long countInScope() throws InterruptedException {
    LongAdder selected = new LongAdder();
    Items items = new Items(keys, scope.actual());
    table.scan(
        (json, offset, length) -> {
          context.progress().add(1, length);
          if (items.isSelected(json, offset, length)) {
            selected.increment();
          }
        });
    return selected.sum();
  }

  private Findings sample(ValidationLevel.Sample level, DifferenceListener listener)
      throws InterruptedException {
    long seed = level.seed().orElseGet(() -> context.timing().random().nextInt());
    List<DrawnItem> drawn =
        new Sampler(expected, keys, scope, table.workers(), context).draw(level.items(), seed);
    context.progress().begin("reading the sample back", drawn.size(), 0);
    SampleCheck check = new SampleCheck(table, keys, context);
    CompareResult compared = check.run(drawn, tolerating(listener));
    CompareResult counted = withoutTolerated(compared);
    return new Findings(
        drawn.size(),
        compared.same() + compared.different(),
        counted,
        OptionalLong.of(seed),
        Optional.empty());
  }

  private Findings all(DifferenceListener listener) throws InterruptedException {
    CompareRun run = new CompareRun(expected, table, keys, scope, context);
    CompareResult compared = run.run(tolerating(listener));
    long common = compared.same() + compared.different();
    return new Findings(
        common + compared.missing(),
        common + compared.extra(),
        withoutTolerated(compared),
        OptionalLong.empty(),
        Optional.of(new ValidationResult.Digests(run.expectedDigest(), run.actualDigest())));
  }

  private DifferenceListener tolerating(DifferenceListener listener) {
    return (difference, print, key) -> {
      if (!tolerated.contains(difference.kind())) {
        listener.difference(difference, print, key);
      }
    };
  }

  private CompareResult withoutTolerated(CompareResult all) {
    Set<Difference.Kind> counted = EnumSet.allOf(Difference.Kind.class);
    counted.removeAll(tolerated);
    return new CompareResult(
        all.same(),
        counted.contains(Difference.Kind.MISSING) ? all.missing() : 0,
        counted.contains(Difference.Kind.EXTRA) ? all.extra() : 0,
        counted.contains(Difference.Kind.DIFFERENT) ? all.different() : 0);
  }
}
