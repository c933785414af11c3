// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.ItemLog;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.output.Json;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.RestoreValidation;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks all restores, and then runs them side by side, each for itself. */
final class TableRestores {
  private final Session session;
  private final TableClients clients;
  private final DynamoDbTransport transport;
  private final ItemLog items;
  private final DifferenceList differences;
  private final ProgressBoard board;

  TableRestores(
      Session session,
      TableClients clients,
      DynamoDbTransport transport,
      ItemLog items,
      DifferenceList differences,
      ProgressBoard board) {
    this.session = requireNonNull(session, "session is null");
    this.clients = requireNonNull(clients, "clients is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.items = requireNonNull(items, "items is null");
    this.differences = requireNonNull(differences, "differences is null");
    this.board = requireNonNull(board, "board is null");
  }

  /** One restore with everything it needs. */
  private record Job(
      PlannedRestore planned, TargetTable target, RunContext context, RestoreRun run) {

    String tableName() {
      return planned.tableName();
    }

    /** What completes the table, after the restore was cut short. */
    String remedy() {
      if (!run.hasBegun()) {
        return "run the same command again";
      }
      if (planned.plan().target() instanceof RestoreTarget.ExistingTable existing) {
        return switch (existing.onConflict()) {
          case REQUIRE_EMPTY, FAIL -> "write what is missing with --on-conflict skip";
          case OVERWRITE, SKIP, MAKE_IDENTICAL, CLEAR -> "run the same command again";
        };
      }
      return run.canBeResumed()
          ? "complete it by running it again with --resume" + planned.sameMoment()
          : "delete the table and run it again";
    }
  }

  private interface Work<R> {
    R apply(Job job) throws InterruptedException;
  }

  /**
   * Runs all, if all can be.
   *
   * @param validate how tables are validated that were restored; empty leaves it out
   * @throws DynavaultException if a check fails; then nothing was written to any table
   */
  List<Outcome<TableRestore>> run(
      List<PlannedRestore> planned, Optional<ValidationLevel> validate, Afterwards afterwards)
      throws InterruptedException {
    List<Job> jobs = planned.stream().map(this::job).toList();
    List<Outcome<Job>> checked =
        each(
            jobs,
            job -> {
              job.run().check();
              return job;
            });
    Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, checked);
    return each(jobs, job -> restore(job, validate, afterwards));
  }

  private Job job(PlannedRestore planned) {
    String table = planned.tableName();
    RunContext context = board.context(table).stoppedBy(planned.lost());
    TargetTable target =
        new TargetTable(
            table,
            transport,
            clients,
            session.context().timing().sleeper(),
            planned.request().options().workers());
    RestoreRun run =
        new RestoreRun(
            planned.request(), target, (key, reason) -> failed(table, key, reason), context);
    return new Job(planned, target, context, run);
  }

  private <R> List<Outcome<R>> each(List<Job> jobs, Work<R> work) throws InterruptedException {
    List<String> names = jobs.stream().map(Job::tableName).toList();
    return Outcome.ofEach(
        names,
        session.config().value(ConfigOptions.RESTORE_TABLES),
        board.stop(),
        name -> attempt(jobs.get(names.indexOf(name)), work));
  }

  private <R> R attempt(Job job, Work<R> work) {
    Optional<ErrorCode> failure = Optional.of(ErrorCode.BUG);
    try {
      job.planned().open().check();
      R result = work.apply(job);
      job.planned().open().check();
      failure = Optional.empty();
      return result;
    } catch (InterruptedException e) {
      failure = Optional.empty();
      Thread.currentThread().interrupt();
      throw interrupted(job, e);
    } catch (DynavaultException e) {
      failure = Optional.of(e.code());
      if (e.code() != ErrorCode.INTERRUPTED) {
        throw e;
      }
      job.planned().open().check(); // a recovery point that is no longer protected stops it, too
      failure = Optional.empty();
      throw interrupted(job, e);
    } finally {
      job.context().progress().phase("");
      failure.filter(code -> job.run().hasBegun()).ifPresent(code -> warnOfRest(job, code));
    }
  }

  /** What a failure leaves, and what to do; trying again does not help a damaged source. */
  private void warnOfRest(Job job, ErrorCode code) {
    boolean existing = job.planned().plan().target() instanceof RestoreTarget.ExistingTable;
    boolean damaged = code == ErrorCode.DAMAGED || code == ErrorCode.OBJECT_NOT_FOUND;
    session
        .output()
        .warning(
            "table '%s' %s and may have some of the items only: %s"
                .formatted(
                    job.tableName(),
                    existing ? "was written to" : "was created",
                    damaged ? remedyOfDamage(existing) : job.remedy()));
  }

  private static String remedyOfDamage(boolean existing) {
    return existing
        ? "restore another recovery point into it"
        : "delete it and restore another recovery point";
  }

  private TableRestore restore(Job job, Optional<ValidationLevel> validate, Afterwards afterwards)
      throws InterruptedException {
    RestoreResult result = job.run().run(job.planned().plan());
    Optional<ValidationResult> validation =
        validate.isPresent() ? Optional.of(validation(job, validate.get())) : Optional.empty();
    if (result.complete() && validation.map(ValidationResult::passed).orElse(true)) {
      afterwards.apply(clients, job.tableName());
    } else if (afterwards == Afterwards.DELETE) {
      session
          .output()
          .warning(
              "table '%s' of the test is left to be looked at: delete it then"
                  .formatted(job.tableName()));
    }
    return new TableRestore(result, validation);
  }

  private ValidationResult validation(Job job, ValidationLevel level) throws InterruptedException {
    return new RestoreValidation(job.planned().request(), job.target(), job.context())
        .run(level, (difference, print, key) -> differs(job.tableName(), difference));
  }

  private void failed(String table, String key, String reason) {
    items.add(
        table,
        "failed     %s  %s".formatted(key, reason),
        Json.object().put("tableName", table).put("failedKey", key).put("message", reason));
  }

  private void differs(String table, Difference difference) {
    String kind = difference.kind().name();
    differences.add(table, difference);
    items.add(
        table,
        "%-9s  %s".formatted(kind.toLowerCase(Locale.ROOT), difference.key()),
        Json.object().put("tableName", table).put("difference", kind).put("key", difference.key()));
  }

  /** What is there already is written once more, so that running again completes it. */
  private static DynavaultException interrupted(Job job, Exception cause) {
    return new DynavaultException(
        ErrorCode.INTERRUPTED,
        "restore of table '" + job.tableName() + "' was interrupted",
        job.remedy(),
        cause);
  }
}
