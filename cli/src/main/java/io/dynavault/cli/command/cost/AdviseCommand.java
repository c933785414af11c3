// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.cost;

import io.dynavault.aws.advise.Advice;
import io.dynavault.aws.advise.FactFinder;
import io.dynavault.aws.advise.TableFacts;
import io.dynavault.aws.advise.TableFacts.VaultPlace;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.cost.BackupSchedule;
import io.dynavault.core.cost.CostEstimate;
import io.dynavault.core.cost.CostRequest;
import io.dynavault.core.cost.PriceList;
import io.dynavault.core.cost.TableVolume;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the methods of backup for a table. */
@Command(
    name = "advise",
    description = {
      "Compares the methods of backup for a table, and recommends one.",
      "What can be lost, how long a restore takes, what a month costs, how far it reaches, what it"
          + " does not cover. Nothing is read but descriptions."
    })
@CommandTraits(
    examples = {
      "dynavault advise --table orders --vault s3://my-backups/vault",
      "dynavault advise --table orders --backups-per-month 720 --retention-days 90 --json"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
public final class AdviseCommand implements CliCommand {
  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      required = true,
      description = "table to protect")
  private String table = "";

  @Option(
      names = "--backups-per-month",
      paramLabel = "N",
      defaultValue = "30",
      description = "backups in 30 days (default ${DEFAULT-VALUE})")
  private int backupsPerMonth;

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      defaultValue = "30",
      description = "how long backups are kept (default ${DEFAULT-VALUE})")
  private int retentionDays;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "JSON file with prices that differ from the built-in ones (us-east-1)")
  private @Nullable String prices;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    BackupSchedule schedule = schedule();
    PriceList list =
        prices == null
            ? PriceList.builtIn()
            : PriceList.builtInWith(session.context().workingDirectory().resolve(prices));
    try (TableClients clients = TableClients.open(session.wiring().endpoint())) {
      TableSnapshot snapshot = new TableDescriber(clients).describe(table);
      TableFacts facts =
          new FactFinder(clients.dynamoDb(), session.wiring().calls(new StopSignal()))
              .find(table, place(session));
      CostSubject subject =
          new CostSubject("table " + table, TableVolume.of(snapshot), OptionalLong.empty());
      CostRequest request =
          new CostRequest(
              subject.volume(), subject.backupBytes(), subject.uncompressedBytes(), schedule);
      Advice advice = Advice.of(facts, request, CostEstimate.of(request, list));
      session.output().show(new AdviceView(advice, schedule, list.currency()));
      return ExitStatus.OK;
    }
  }

  /** Without a vault in the settings one in S3 is assumed: it can be created there. */
  private static VaultPlace place(Session session) {
    boolean elsewhere =
        session.config().optional(ConfigOptions.VAULT).isPresent()
            && (!(session.wiring().vaultLocation() instanceof StoreLocation.Bucket)
                || session.wiring().foreignS3().isPresent());
    return elsewhere ? VaultPlace.ELSEWHERE : VaultPlace.S3;
  }

  private BackupSchedule schedule() {
    try {
      return new BackupSchedule(backupsPerMonth, retentionDays);
    } catch (IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to advise: " + e.getMessage(), "give numbers above 0", e);
    }
  }
}
