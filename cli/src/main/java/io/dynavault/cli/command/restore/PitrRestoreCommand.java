// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.restore.ManagedRestoreRequest;
import io.dynavault.aws.restore.ManagedRestoreRequest.Beginning;
import io.dynavault.aws.restore.RestoreSource;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TableChoice;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.table.TableNames;
import io.dynavault.core.table.TableSelection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores tables to a point in time. */
@Command(
    name = "restore",
    description = {
      "Restores tables to a point in time, into new tables.",
      "AWS makes the tables; what it drops (time to live, stream, tags, point-in-time recovery,"
          + " deletion protection, table class, auto scaling) is put back as the tables have it"
          + " now. Into another region with --region there and --source-region."
    })
@CommandTraits(
    examples = {
      "dynavault pitr restore --table orders --to 2026-11-21T14:02:00+01:00 \\",
      "    --target-table orders-restored",
      "dynavault pitr restore --table 'prod-*' --to latest --rename 'prod-*=restored-*'"
    },
    options = {OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
public final class PitrRestoreCommand implements CliCommand {
  @Mixin private TableChoice tables = new TableChoice();
  @Mixin private TargetNames names = new TargetNames();
  @Mixin private NewTableOptions newTable = new NewTableOptions();

  @Option(
      names = "--to",
      paramLabel = "TIME|latest",
      required = true,
      converter = RestoreTime.Converter.class,
      description =
          "time to restore to, with an offset, such as 2026-11-21T09:30:00Z; or the latest")
  private RestoreTime to = new RestoreTime(Optional.empty());

  @Option(
      names = "--source-region",
      paramLabel = "REGION",
      description = "region of the tables, where they are restored into another one")
  private @Nullable String sourceRegion;

  @Option(
      names = "--resume",
      description = "put the settings back that an interrupted restore has not")
  private boolean resume;

  @Option(names = "--dry-run", description = "print the plan and do nothing")
  private boolean dryRun;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(
        session,
        Operation.RESTORE,
        notice ->
            new ManagedRestores(session, notice, new ValidateOptions(), dryRun)
                .run(requests(session)));
  }

  private List<ManagedRestoreRequest> requests(Session session) {
    TableSelection selection = tables.selection();
    try (RegionClients regions = new RegionClients(AwsClients.of(session.wiring().endpoint()))) {
      String region = sourceRegion == null ? regions.homeRegion() : sourceRegion;
      try (TableClients source =
          TableClients.open(
              sourceRegion == null
                  ? session.wiring().endpoint()
                  : regions.in(sourceRegion).endpoint())) {
        List<String> found = new TableNames(source).select(selection);
        if (found.size() > 1) {
          names.requireSeveralAllowed();
        }
        return found.stream().map(table -> request(region, table)).toList();
      }
    }
  }

  private ManagedRestoreRequest request(String region, String table) {
    return new ManagedRestoreRequest(
        new RestoreSource.PointInTime(region, table, to.time()),
        names.nameFor(table),
        newTable.overrides(),
        Optional.empty(),
        resume ? Beginning.RESUMED : Beginning.NEW);
  }
}
