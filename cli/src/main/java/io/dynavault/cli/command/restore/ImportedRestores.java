// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.imports.ImportPlan;
import io.dynavault.aws.imports.ImportPlanner;
import io.dynavault.aws.imports.ImportRequest;
import io.dynavault.aws.imports.ImportResult;
import io.dynavault.aws.imports.RecoveryPointFiles;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.restore.ItemsFingerprint;
import io.dynavault.core.restore.RestoreOptions;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestorePlanner;
import io.dynavault.core.restore.RestoreRequest;
import io.dynavault.core.restore.RestoreRun;
import io.dynavault.core.restore.RestoreTarget;
import io.dynavault.core.restore.RestoreValidation;
import io.dynavault.core.restore.TargetTable;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Restores full exports by having AWS import them: checks all before the first. */
final class ImportedRestores {
  /** They only wait; AWS makes 50 at a time for an account. */
  private static final int TABLES_AT_ONCE = 10;

  private final Session session;
  private final RunNotice notice;
  private final RestoreCommandOptions options;
  private final DifferenceList differences = new DifferenceList();

  ImportedRestores(Session session, RunNotice notice, RestoreCommandOptions options) {
    this.session = requireNonNull(session, "session is null");
    this.notice = requireNonNull(notice, "notice is null");
    this.options = requireNonNull(options, "options is null");
  }

  ExitStatus run(List<RestoreOrder> orders) throws InterruptedException {
    Deque<OpenContent> open = new ArrayDeque<>();
    try (TableClients clients = TableClients.open(session.wiring().endpoint());
        AwsImports imports = new AwsImports(session, clients, options.imported().maxWait(session));
        DynamoDbTransport transport = session.wiring().openTransport(2 * workers())) {
      List<PlannedImport> plans = plan(orders, imports.planner(), transport, open);
      if (options.isDryRun()) {
        notice.silence();
        session.output().show(new ImportPlansView(plans));
        return ExitStatus.OK;
      }
      plans.stream()
          .flatMap(planned -> planned.notes().stream())
          .distinct()
          .forEach(note -> session.output().message("note: " + note));
      return new Restores(clients, transport, imports).run(plans);
    } finally {
      open.forEach(OpenContent::close);
    }
  }

  private int workers() {
    return session.config().value(ConfigOptions.RESTORE_WORKERS);
  }

  private List<PlannedImport> plan(
      List<RestoreOrder> orders,
      ImportPlanner planner,
      DynamoDbTransport transport,
      Deque<OpenContent> open)
      throws InterruptedException {
    List<Outcome<PlannedImport>> planned = new ArrayList<>();
    for (RestoreOrder order : orders) {
      String name = order.targetTable();
      try {
        PlannedImport plan = plan(order, planner, new RestorePlanner(transport.endpoint()), open);
        planned.add(new Outcome<>(name, Optional.of(plan), Optional.empty()));
      } catch (DynavaultException e) {
        planned.add(new Outcome<>(name, Optional.empty(), Optional.of(e)));
      }
    }
    return Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, planned);
  }

  private PlannedImport plan(
      RestoreOrder order, ImportPlanner planner, RestorePlanner writing, Deque<OpenContent> open)
      throws InterruptedException {
    StopSignal lost = new StopSignal();
    OpenContent content = order.source().open(lost::request);
    open.push(content);
    TableDefinition table =
        options
            .target()
            .newTable(
                order.targetTable(),
                order.definition().orElseThrow(() -> unknown(order.targetTable())));
    RestoreRequest request =
        new RestoreRequest(content.content(), new RestoreTarget.NewTable(table), everything());
    RestorePlan written = writing.plan(request);
    ImportPlan plan =
        planner.plan(
            new ImportRequest(
                RecoveryPointFiles.of(content.content(), options.imported().bucketOwner()),
                table,
                OptionalLong.of(content.content().itemCount()),
                options.isResume()
                    ? ImportRequest.Beginning.RESUMED
                    : ImportRequest.Beginning.NEW));
    return new PlannedImport(content, lost, request, written, plan);
  }

  private RestoreOptions everything() {
    return new RestoreOptions(
        workers(),
        Optional.empty(),
        session.config().optional(ConfigOptions.RESTORE_READ_CAPACITY),
        ItemSelection.everything(),
        Optional.empty(),
        new ItemsFingerprint().end());
  }

  private static DynavaultException unknown(String name) {
    return new DynavaultException(
        ErrorCode.USAGE,
        "unable to create table '" + name + "': the export does not say what its key is",
        "give it with --key-schema, such as --key-schema pk:S,sk:N");
  }

  /** Everything that is open while they run. */
  private final class Restores {
    private final TableClients clients;
    private final DynamoDbTransport transport;
    private final AwsImports imports;

    Restores(TableClients clients, DynamoDbTransport transport, AwsImports imports) {
      this.clients = clients;
      this.transport = transport;
      this.imports = imports;
    }

    ExitStatus run(List<PlannedImport> plans) throws InterruptedException {
      Optional<ValidationReport> report =
          options.validate().reportFile().map(file -> ValidationReport.to(session, file));
      List<String> names = plans.stream().map(PlannedImport::tableName).toList();
      List<Outcome<ImportedTable>> outcomes;
      try (ProgressBoard board = ProgressBoard.start(session)) {
        List<RunContext> contexts =
            plans.stream()
                .map(planned -> board.context(planned.tableName()).stoppedBy(planned.lost()))
                .toList();
        check(plans, contexts);
        outcomes =
            Outcome.ofEach(
                names,
                TABLES_AT_ONCE,
                board.stop(),
                name -> restore(plans.get(names.indexOf(name)), contexts.get(names.indexOf(name))));
      }
      if (report.isPresent()) {
        report.get().write(outcomes, differences);
      }
      return new ImportedReport(session.output(), notice).print(outcomes);
    }

    /**
     * AWS neither checks that files are whole nor that keys occur once; this does, where nothing
     * else has.
     */
    private void check(List<PlannedImport> plans, List<RunContext> contexts)
        throws InterruptedException {
      List<Outcome<PlannedImport>> checked = new ArrayList<>();
      for (int i = 0; i < plans.size(); i++) {
        PlannedImport planned = plans.get(i);
        try {
          if (planned.isNew()) {
            new RestoreRun(planned.request(), target(planned), (key, reason) -> {}, contexts.get(i))
                .check();
          }
          checked.add(new Outcome<>(planned.tableName(), Optional.of(planned), Optional.empty()));
        } catch (DynavaultException e) {
          checked.add(new Outcome<>(planned.tableName(), Optional.empty(), Optional.of(e)));
        }
      }
      Outcomes.requireAll(session.output(), Outcomes.Subject.TABLE, checked);
    }

    private TargetTable target(PlannedImport planned) {
      return new TargetTable(
          planned.tableName(), transport, clients, session.context().timing().sleeper(), workers());
    }

    private ImportedTable restore(PlannedImport planned, RunContext context) {
      planned.open().check();
      ImportResult result;
      try {
        result = imports.run(planned.plan(), context);
      } finally {
        planned.open().check(); // one that is no longer protected ends the waiting, too
      }
      Optional<ValidationLevel> level =
          result.whole() ? options.validate().level() : Optional.empty();
      return new ImportedTable(result, level.map(wanted -> validate(planned, wanted, context)));
    }

    private ValidationResult validate(
        PlannedImport planned, ValidationLevel level, RunContext context) {
      try {
        return new RestoreValidation(planned.request(), target(planned), context)
            .run(
                level,
                (difference, print, key) -> differences.add(planned.tableName(), difference));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DynavaultException(
            ErrorCode.INTERRUPTED,
            "validating table '" + planned.tableName() + "' was interrupted",
            "the table is complete; compare it with: dynavault compare",
            e);
      } finally {
        context.progress().phase("");
      }
    }
  }
}
