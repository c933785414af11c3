// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.imports.ErrorLogReader;
import io.dynavault.aws.imports.ImportPlan;
import io.dynavault.aws.imports.ImportPlanner;
import io.dynavault.aws.imports.ImportResult;
import io.dynavault.aws.imports.ImportRun;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableClients;
import java.time.Duration;

/** Plans and runs imports of one command. */
public final class AwsImports implements AutoCloseable {
  private final Session session;
  private final TableClients tables;
  private final AwsClients clients;
  private final Duration maxWait;

  /**
   * @param tables closed by the caller
   */
  public AwsImports(Session session, TableClients tables, Duration maxWait) {
    this.session = requireNonNull(session, "session is null");
    this.tables = requireNonNull(tables, "tables is null");
    this.maxWait = requireNonNull(maxWait, "maxWait is null");
    this.clients = AwsClients.of(session.wiring().endpoint());
  }

  public ImportPlanner planner() {
    return new ImportPlanner(tables.dynamoDb(), session.wiring().calls(new StopSignal()));
  }

  /** Imports one table, and waits for it. */
  public ImportResult run(ImportPlan plan, RunContext context) {
    var calls = session.wiring().calls(context.stop());
    ImportRun run =
        new ImportRun(tables, calls, new ErrorLogReader(clients::logs, calls), maxWait, context);
    try {
      return run.run(plan);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED,
          "the import of table '" + plan.tableName() + "' was interrupted",
          run.hasBegun()
              ? "AWS goes on; see how far it is with: dynavault imports describe %s; then run the same command with --resume"
                  .formatted(plan.tableName())
              : "run the same command again",
          e);
    } finally {
      context.progress().phase("");
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
