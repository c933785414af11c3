// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.restore.ManagedRestorePlan;
import io.dynavault.aws.restore.ManagedRestorePlanner;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.aws.restore.ManagedRestoreResult;
import io.dynavault.aws.restore.ManagedRestoreRun;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.BackupOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans restores that AWS makes, for all tables before the first, and runs them side by side. */
public final class ManagedRestores {
  /** They only wait; AWS makes 50 at a time for an account. */
  private static final int TABLES_AT_ONCE = 10;

  private final Session session;
  private final RunNotice notice;
  private final ValidateOptions validate;
  private final boolean dryRun;
  private Afterwards afterwards = Afterwards.KEEP;
  private final DifferenceList differences = new DifferenceList();

  public ManagedRestores(
      Session session, RunNotice notice, ValidateOptions validate, boolean dryRun) {
    this.session = requireNonNull(session, "session is null");
    this.notice = requireNonNull(notice, "notice is null");
    this.validate = requireNonNull(validate, "validate is null");
    this.dryRun = dryRun;
  }

  /**
   * Restores all, or prints their plans.
   *
   * @throws DynavaultException if one cannot be planned; then none was begun
   */
  public ExitStatus run(List<ManagedRestoreRequest> requests) throws InterruptedException {
    return run(requests, Afterwards.KEEP);
  }

  ExitStatus run(List<ManagedRestoreRequest> requests, Afterwards afterwards)
      throws InterruptedException {
    this.afterwards = afterwards;
    try (RegionClients regions = new RegionClients(AwsClients.of(session.wiring().endpoint()));
        TableClients clients = TableClients.open(session.wiring().endpoint())) {
      ManagedValidation validation = new ManagedValidation(session, regions, clients);
      List<ManagedRestorePlan> plans = plan(requests, regions, validation);
      if (dryRun) {
        notice.silence();
        session.output().show(new ManagedPlansView(plans));
        return ExitStatus.OK;
      }
      plans.stream()
          .flatMap(plan -> plan.notes().stream())
          .distinct()
          .forEach(note -> session.output().message("note: " + note));
      return restore(plans, clients, new Jobs(regions.home().backup()), validation);
    }
  }

  private List<ManagedRestorePlan> plan(
      List<ManagedRestoreRequest> requests, RegionClients regions, ManagedValidation validation)
      throws InterruptedException {
    ManagedRestorePlanner planner =
        new ManagedRestorePlanner(regions, session.wiring().calls(new StopSignal()));
    List<Outcome<ManagedRestorePlan>> planned = new ArrayList<>();
    for (ManagedRestoreRequest request : requests) {
      try {
        ManagedRestorePlan plan = planner.plan(request);
        if (validate.level().isPresent()) {
          validation.requirePossible(plan);
        }
        planned.add(new Outcome<>(request.tableName(), Optional.of(plan), Optional.empty()));
      } catch (DynavaultException e) {
        planned.add(new Outcome<>(request.tableName(), Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, planned);
  }

  private ExitStatus restore(
      List<ManagedRestorePlan> plans, TableClients clients, Jobs jobs, ManagedValidation validation)
      throws InterruptedException {
    Optional<ValidationReport> report =
        validate.reportFile().map(file -> ValidationReport.to(session, file));
    List<String> names = plans.stream().map(ManagedRestorePlan::tableName).toList();
    List<Outcome<ManagedTableRestore>> outcomes;
    try (ProgressBoard board = ProgressBoard.start(session)) {
      outcomes =
          Outcome.ofEach(
              names,
              TABLES_AT_ONCE,
              board.stop(),
              name ->
                  restore(
                      plans.get(names.indexOf(name)),
                      clients,
                      jobs,
                      validation,
                      board.context(name)));
    }
    if (report.isPresent()) {
      report.get().write(outcomes, differences);
    }
    return new ManagedRestoreReport(session.output(), notice).print(outcomes);
  }

  private ManagedTableRestore restore(
      ManagedRestorePlan plan,
      TableClients clients,
      Jobs jobs,
      ManagedValidation validation,
      RunContext context) {
    ManagedRestoreRun run =
        new ManagedRestoreRun(
            clients,
            jobs,
            session.wiring().calls(context.stop()),
            session.config().value(BackupOptions.MAX_WAIT),
            context);
    try {
      ManagedRestoreResult result = run.run(plan);
      Optional<ValidationLevel> level = validate.level();
      Optional<ValidationResult> validated =
          level.isPresent()
              ? Optional.of(validation.run(plan, level.get(), differences, context))
              : Optional.empty();
      if (result.complete() && validated.map(ValidationResult::passed).orElse(true)) {
        afterwards.apply(clients, plan.tableName());
      }
      return new ManagedTableRestore(result, validated);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "restore of table '" + plan.tableName() + "' was interrupted",
          run.hasBegun()
              ? "AWS goes on; put the settings back by running it again with --resume"
              : "run the same command again",
          e);
    } finally {
      context.progress().phase("");
    }
  }
}
