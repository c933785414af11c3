// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.TableLookup;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableSettingsApplier;
import io.dynavault.core.table.TableWaiter;
import io.dynavault.core.table.WaitListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Imports one table: has AWS begin, waits until it has ended, sees that all items are there, and
 * puts back the settings that an import does not take. When it is stopped, AWS goes on; a run that
 * resumes does the rest. Used once.
 */
public final class ImportRun {
  private static final int MOST_ERRORS = 10;

  private final TableClients tables;
  private final PacedCalls calls;
  private final ErrorLogReader log;
  private final RunContext context;
  private final Duration maxWait;
  private boolean begun;

  /**
   * @param maxWait longest time to wait for AWS
   */
  public ImportRun(
      TableClients tables,
      PacedCalls calls,
      ErrorLogReader log,
      Duration maxWait,
      RunContext context) {
    this.tables = requireNonNull(tables, "tables is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.log = requireNonNull(log, "log is null");
    this.maxWait = requireNonNull(maxWait, "maxWait is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** Whether AWS was asked for the table, so that it is there or going to be. */
  public boolean hasBegun() {
    return begun;
  }

  /**
   * Imports the table.
   *
   * @return also where AWS has made the table with some of the items only
   * @throws DynavaultException what AWS refuses, or the reason for which it has made no table;
   *     {@code DAMAGED} where the table has not as many items as the files; {@code TABLE_CHANGED}
   *     where it is another table by now; {@code INTERRUPTED} after a stop and {@code
   *     SERVICE_UNAVAILABLE} after the time limit, while AWS goes on
   */
  public ImportResult run(ImportPlan plan) throws InterruptedException {
    long started = context.ticker().nanos();
    context.progress().expect(plan.request().expectedItems().orElse(0), 0);
    Imports imports = new Imports(tables.dynamoDb(), calls);
    ImportInfo info = plan.begun().isPresent() ? plan.begun().get() : imports.start(plan.request());
    begun = true;
    ImportInfo ended = new ImportWaiter(imports, maxWait, context).untilEnded(info);
    if (ended.status() == ImportInfo.Status.COMPLETED) {
      requireAllItems(plan, ended);
      return result(plan, ended, ErrorLog.none(), finish(plan, ended), started);
    }
    if (!hasMadeTable(ended)) {
      throw ImportErrors.ofFailure(plan.request(), ended);
    }
    return result(plan, ended, log.read(ended, MOST_ERRORS), List.of(), started);
  }

  private ImportResult result(
      ImportPlan plan,
      ImportInfo ended,
      ErrorLog errors,
      List<SettingOutcome> settings,
      long startNanos) {
    return new ImportResult(
        plan.tableName(),
        ended,
        errors,
        settings,
        Duration.ofNanos(context.ticker().nanos() - startNanos),
        plan.notes());
  }

  /** AWS counts what it has read; a file that was not read at all is no error to it. */
  private static void requireAllItems(ImportPlan plan, ImportInfo ended) {
    long imported = ended.counts().map(ImportInfo.Counts::importedItems).orElse(0L);
    long expected = plan.request().expectedItems().orElse(imported);
    if (imported != expected) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "table '%s' is not what was to be imported: AWS has imported %d items of '%s', its manifest has %d"
              .formatted(plan.tableName(), imported, plan.request().files().location(), expected),
          "delete the table; see what is wrong with: dynavault verify; and leave --via out");
    }
  }

  /** An import names a table also where it has made none, or another one has taken the name. */
  private boolean hasMadeTable(ImportInfo ended) throws InterruptedException {
    return TableLookup.find(tables.dynamoDb(), calls, ended.tableName())
        .filter(table -> isTableOf(ended, table))
        .isPresent();
  }

  private static boolean isTableOf(ImportInfo ended, TableDescription table) {
    return ended.tableId().isEmpty()
        || table.tableId() == null
        || ended.tableId().equals(table.tableId());
  }

  private List<SettingOutcome> finish(ImportPlan plan, ImportInfo ended)
      throws InterruptedException {
    TableWaiter waiter =
        new TableWaiter(tables, context.timing().sleeper(), maxWait, context.stop());
    WaitListener listener =
        (table, status, waited) -> context.progress().phase("waiting for AWS, table is " + status);
    try {
      waiter.untilActive(plan.tableName(), listener);
      requireTableOf(ended);
      context.progress().phase("putting settings back");
      return new TableSettingsApplier(tables, waiter, context.timing().sleeper())
          .apply(plan.request().table(), listener);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED || e.code() == ErrorCode.SERVICE_UNAVAILABLE) {
        throw new DynavaultException(
            e.code(),
            String.valueOf(e.getMessage()),
            "the items are there; put the settings back by running it again with --resume",
            e);
      }
      throw e;
    }
  }

  private void requireTableOf(ImportInfo ended) throws InterruptedException {
    Optional<TableDescription> table =
        TableLookup.find(tables.dynamoDb(), calls, ended.tableName());
    if (table.filter(found -> isTableOf(ended, found)).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.TABLE_CHANGED,
          "unable to finish the import of table '%s': it was deleted, or made anew, since"
              .formatted(ended.tableName()),
          "run it without --resume");
    }
  }
}
