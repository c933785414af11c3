// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareRun;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Parallel;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.scan.TableScan;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.RestoreRecord;
import io.dynavault.core.write.BatchFiller;
import io.dynavault.core.write.BatchSink;
import io.dynavault.core.write.BatchWriter;
import io.dynavault.core.write.ConditionalWriter;
import io.dynavault.core.write.FailureListener;
import io.dynavault.core.write.TableWriter;
import io.dynavault.core.write.WriteCounters;
import io.dynavault.core.write.WritePipeline;
import io.dynavault.format.item.KeyReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * Restores one table: checks, then creates or prepares the target, then writes, then puts the
 * settings back. A run that dies leaves a table that has some of the items; a journal in the vault
 * tells that one was created, so that another run completes it: puts of the same items change
 * nothing.
 */
public final class RestoreRun {
  private final RestoreRequest request;
  private final TargetTable target;
  private final FailureListener failures;
  private final RunContext context;
  private final ItemContent content;
  private final KeyReader keys;
  private final WriteCounters counters = new WriteCounters();
  private final RestoreJournal journal;
  private final RestoreCheckpoint checkpoint;
  private boolean checked;
  private volatile boolean begun;
  private long itemsDoneBefore;

  /**
   * @param target talks to the table that is restored to
   * @param failures is told of every item that could not be written
   */
  public RestoreRun(
      RestoreRequest request, TargetTable target, FailureListener failures, RunContext context) {
    this(request, target, failures, context, RestoreCheckpoint.none());
  }

  /**
   * A run that goes on where another one has ended.
   *
   * @param target talks to the table that is restored to
   * @param failures is told of every item that could not be written
   * @param checkpoint what was done before, and where is kept what is done now
   */
  public RestoreRun(
      RestoreRequest request,
      TargetTable target,
      FailureListener failures,
      RunContext context,
      RestoreCheckpoint checkpoint) {
    this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
    this.request = requireNonNull(request, "request is null");
    this.target = requireNonNull(target, "target is null");
    this.failures = requireNonNull(failures, "failures is null");
    this.context = requireNonNull(context, "context is null");
    this.content = request.content();
    this.keys = new KeyReader(request.target().table().keySchema());
    this.journal = new RestoreJournal(request, context.timing().clock());
  }

  /**
   * Checks all that can be checked without a write; running does it first, too. Whoever restores
   * several tables checks all of them before the first is run.
   *
   * @throws DynavaultException {@code TABLE_NOT_EMPTY}, {@code ITEM_CONFLICT}, {@code
   *     KEY_SCHEMA_MISMATCH} or {@code DAMAGED}
   */
  public void check() throws InterruptedException {
    if (checked) {
      return;
    }
    content.requireFiles();
    content.prepare(context);
    if (checkpoint.isPrepared()) {
      checked = true; // what the table has by now may be our own
      return;
    }
    UniqueKeys unique = new UniqueKeys(request, keys, context);
    boolean read = unique.areInDoubt();
    if (read) {
      unique.require();
    }
    if (request.target() instanceof RestoreTarget.ExistingTable existing) {
      switch (existing.onConflict()) {
        case REQUIRE_EMPTY -> target.requireEmpty(context);
        case FAIL -> requireNoConflict();
        case MAKE_IDENTICAL, CLEAR -> {
          target.requireWritable(keys, context);
          if (!read && !checkpoint.isVerified()) {
            verifyContent();
          }
        }
        case OVERWRITE, SKIP -> {}
      }
    }
    checked = true;
  }

  /** Whether a run that ends now, or has not completed the table, can be gone on with. */
  public boolean canBeResumed() {
    return journal.isOpen();
  }

  /** Whether the target was created or written to, so that a failure leaves it changed. */
  public boolean hasBegun() {
    return begun;
  }

  /**
   * Runs the restore.
   *
   * @throws DynavaultException {@code INTERRUPTED} after a stop; {@code TABLE_EXISTS} or whatever
   *     {@link #check} finds before anything is written; {@code DAMAGED} also while writing into a
   *     new or overwritten table, which then has some of the items
   */
  public RestoreResult run(RestorePlan plan) throws InterruptedException {
    try {
      return restore(plan);
    } catch (InterruptedException e) {
      if (context.stop().isRequested() && !Thread.currentThread().isInterrupted()) {
        throw context.stop().interrupted("the restore"); // a wait that the stop has ended
      }
      throw e;
    }
  }

  private RestoreResult restore(RestorePlan plan) throws InterruptedException {
    long started = context.ticker().nanos();
    check();
    List<SettingOutcome> settings = new ArrayList<>();
    ItemFeed feed =
        request.target() instanceof RestoreTarget.ExistingTable existing
            ? intoExisting(existing, plan)
            : intoTableOfOurs(plan, settings);
    RestoreResult result =
        new RestoreResult(
            request.target().table().tableName(),
            feed.read(),
            counters.written(),
            feed.unchanged(),
            counters.skipped(),
            feed.filtered(),
            counters.failed(),
            counters.deleted(),
            counters.units(),
            counters.throttles(),
            Duration.ofNanos(context.ticker().nanos() - started),
            settings,
            List.of());
    requireAllAccountedFor(result);
    if (result.complete()) {
      journal.end();
    }
    return result.withNotes(journal.notes());
  }

  private ItemFeed intoTableOfOurs(RestorePlan plan, List<SettingOutcome> settings)
      throws InterruptedException {
    TableDefinition table = request.target().table();
    context.progress().phase("creating the table");
    if (request.target() instanceof RestoreTarget.UnfinishedTable unfinished) {
      goOn(unfinished.found());
    } else {
      create(table);
    }
    ItemFeed feed = write(plan, new BatchWriter(writer(plan)), ItemFeed.Wanted.ALL);
    context.progress().phase("putting settings back");
    settings.addAll(target.applySettings(table, context.stop()));
    return feed;
  }

  private void create(TableDefinition table) throws InterruptedException {
    journal.intend(table.tableName());
    try {
      target.create(table, this::created, context.stop());
    } catch (DynavaultException e) {
      if (begun || !CreationFailure.mayBeOurs(e)) {
        if (!begun && CreationFailure.provesNoTable(e)) {
          journal.withdraw();
        }
        throw e;
      }
      goOn(requireOurs(table, e));
    }
  }

  /** As a restore that is resumed finds out; any other table stays as it is. */
  private TableSnapshot requireOurs(TableDefinition table, DynavaultException failure) {
    TableSnapshot found = target.describe();
    try {
      new UnfinishedTableCheck(request, new RestoreTarget.UnfinishedTable(table, found)).run();
      return found;
    } catch (DynavaultException e) {
      journal.withdraw();
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** Of a table that is only known by the intention to create it, no item is written over. */
  private void goOn(TableSnapshot found) throws InterruptedException {
    begun = true;
    content
        .recoveryPoint()
        .map(point -> UnfinishedRestore.of(content.store(), point, found))
        .ifPresent(journal::resume);
    target.awaitActive(context.stop());
    if (!journal.isConfirmed()) {
      target.requireEmpty(context);
      journal.begin(RestoreJournal.target(found.definition()));
    }
  }

  private void created(RestoreRecord.Target table) {
    begun = true;
    journal.begin(table);
  }

  private ItemFeed intoExisting(RestoreTarget.ExistingTable existing, RestorePlan plan)
      throws InterruptedException {
    begun = true;
    return switch (existing.onConflict()) {
      case REQUIRE_EMPTY, OVERWRITE ->
          write(plan, new BatchWriter(writer(plan)), ItemFeed.Wanted.ALL);
      case SKIP ->
          write(plan, conditional(plan, ConditionalWriter.OnExisting.SKIP), ItemFeed.Wanted.ALL);
      case FAIL ->
          write(
              plan,
              conditional(plan, ConditionalWriter.OnExisting.FAIL_UNLESS_SAME),
              ItemFeed.Wanted.ALL);
      case MAKE_IDENTICAL -> makeIdentical(plan);
      case CLEAR -> clear(plan);
    };
  }

  private ItemFeed makeIdentical(RestorePlan plan) throws InterruptedException {
    try (IdenticalPlan identical =
        IdenticalPlan.of(comparison(request.options().selection()), keys)) {
      BatchWriter sink = new BatchWriter(writer(plan));
      ItemFeed feed = write(plan, sink, identical::isWanted);
      context.progress().begin("deleting what is not in the recovery point", 0, 0);
      new WritePipeline<IdenticalPlan>(sink, 1, request.options().workers())
          .run(List.of(identical), IdenticalPlan::deleteExtra);
      return feed;
    }
  }

  private ItemFeed clear(RestorePlan plan) throws InterruptedException {
    BatchWriter sink = new BatchWriter(writer(plan));
    if (!checkpoint.isPrepared()) {
      context.progress().begin("deleting all items", 0, 0);
      new TableClearer(scan(), keys).clear(sink, request.options().workers());
    }
    return write(plan, sink, ItemFeed.Wanted.ALL);
  }

  private ItemFeed write(RestorePlan plan, BatchSink sink, ItemFeed.Wanted wanted)
      throws InterruptedException {
    checkpoint.prepared();
    context.progress().begin("writing", plan.items(), plan.itemBytes());
    ItemFeed feed = new ItemFeed(keys, request.options(), wanted, context);
    List<ContentPart> parts = new ArrayList<>();
    for (ContentPart part : content.parts()) {
      long items = checkpoint.doneItems(part.name());
      itemsDoneBefore += Math.max(0, items);
      if (items < 0) {
        parts.add(part);
      }
    }
    new WritePipeline<ContentPart>(sink, readers(parts.size()), request.options().workers())
        .run(parts, (part, filler) -> feed(feed, part, filler));
    return feed;
  }

  /** Only a part that is done is not read again by a run that goes on: few at a time end sooner. */
  private int readers(int parts) {
    int workers = request.options().workers();
    return Math.min(parts, checkpoint.isKept() ? (workers + 3) / 4 : workers);
  }

  private void feed(ItemFeed feed, ContentPart part, BatchFiller filler)
      throws InterruptedException {
    long items = feed.feed(part, filler);
    filler.settle(() -> settled(part, items));
  }

  /** Where an item has failed, its part is gone through again by whoever goes on. */
  private void settled(ContentPart part, long items) {
    if (counters.failed() == 0) {
      checkpoint.done(part.name(), items);
    }
  }

  /**
   * Reads every byte before anything is deleted: a damaged recovery point must not replace data.
   */
  private void verifyContent() throws InterruptedException {
    context.progress().begin("verifying the recovery point", content.itemCount(), 0);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (ContentPart part : content.parts()) {
      tasks.add(
          () -> {
            part.read((json, offset, length, size) -> checkItem(json, offset, length));
            return true;
          });
    }
    new Parallel("verify", request.options().workers()).run(tasks);
  }

  private void checkItem(byte[] json, int offset, int length) {
    if (context.stop().isRequested()) {
      throw context.stop().interrupted("the restore");
    }
    keys.read(json, offset, length);
    context.progress().add(1, length);
  }

  private void requireNoConflict() throws InterruptedException {
    CompareResult compared =
        comparison(ItemSelection.everything()).run((difference, print, key) -> {});
    long common = compared.same() + compared.different();
    if (common > 0) {
      throw new DynavaultException(
          ErrorCode.ITEM_CONFLICT,
          "unable to restore to table '%s': it has %d of the items' keys already"
              .formatted(request.target().table().tableName(), common),
          "see which with: dynavault compare; or choose --on-conflict overwrite, skip or"
              + " identical");
    }
  }

  private CompareRun comparison(ItemSelection inTable) {
    return new CompareRun(
        content,
        scan(),
        keys,
        new CompareScope(
            request.options().selection(),
            inTable,
            request.options().transform().orElse(UnaryOperator.identity()),
            1),
        context);
  }

  private TableScan scan() {
    return target.scan(request.target().table(), request.options().readCapacity(), context);
  }

  private TableWriter writer(RestorePlan plan) {
    return target.writer(plan.unitsPerSecond(), keys, counters, failures, context);
  }

  private ConditionalWriter conditional(RestorePlan plan, ConditionalWriter.OnExisting onExisting) {
    return new ConditionalWriter(writer(plan), onExisting);
  }

  private void requireAllAccountedFor(RestoreResult result) {
    long settled =
        result.written()
            + result.unchanged()
            + result.skipped()
            + result.filtered()
            + result.failed();
    long expected = content.isCounted() ? content.itemCount() - itemsDoneBefore : result.read();
    if (result.read() != expected || settled != expected) {
      throw new DynavaultException(
          ErrorCode.BUG,
          "the recovery point has %d items, %d were read and %d are accounted for"
              .formatted(expected, result.read(), settled));
    }
  }
}
