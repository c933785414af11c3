// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.transport.DynamoDbTransport;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Restores tables. */
@Command(
    name = "restore",
    description = {
      "Restores tables from a vault, or from an export that AWS wrote.",
      "Creates each table from its recovery point with its indexes and settings; with"
          + " --on-conflict writes into tables that exist. What replaces or deletes items prints"
          + " its plan and acts with --confirm. A restore that was interrupted is completed by"
          + " running it again with --on-conflict overwrite."
    })
@CommandTraits(
    examples = {
      "dynavault restore --vault s3://my-backups/vault --table orders --target-table orders-2",
      "dynavault restore --vault ./vault --table 'prod-*' --rename 'prod-*=dev-*' \\",
      "    --mask 'hash:email' --drop-expired",
      "dynavault restore s3://bucket/AWSDynamoDB/01715685260608-c488b4e1 --target-table copy \\",
      "    --key-schema pk:S,sk:N"
    },
    options = {OptionGroup.RESTORE},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class RestoreCommand implements CliCommand {
  @Mixin private RestoreCommandOptions options = new RestoreCommandOptions();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    int tables = session.config().value(ConfigOptions.RESTORE_TABLES);
    int threads = tables * 2 * session.config().value(ConfigOptions.RESTORE_WORKERS);
    try (RestoreOrders orders = options.orders(session);
        TableClients clients = TableClients.open(session.wiring().endpoint());
        DynamoDbTransport transport = session.wiring().openTransport(threads)) {
      TableRestores restores = new TableRestores(session, options, clients, transport);
      List<RestorePlan> plans = restores.plan(orders.list());
      boolean mustConfirm = plans.stream().anyMatch(RestorePlan::destructive);
      if (options.isDryRun() || (mustConfirm && !options.isConfirmed())) {
        session.output().show(new RestorePlansView(plans, mustConfirm));
        return ExitStatus.OK;
      }
      plans.stream()
          .flatMap(plan -> plan.notes().stream())
          .forEach(note -> session.output().message("note: " + note));
      List<Outcome<RestoreResult>> outcomes = restores.run(orders.list(), tables);
      return new RestoreReport(session.output()).print(outcomes);
    }
  }
}
