// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.capture.CaptureStatus;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.capture.CaptureSurvey.Extent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how the windows of continuous backup stand. */
@Command(
    name = "status",
    description = {
      "Shows to which times tables can be restored, how far that is behind, and gaps.",
      "Reads the vault alone. Ends with code 4 where something has to be looked at: a gap in the"
          + " last day, a capture that is too far behind or has not run for long, a table without a"
          + " base. Without tables it shows all that have continuous backups in the vault."
    })
@CommandTraits(
    examples = {
      "dynavault continuous status --vault s3://my-backups/vault",
      "# for a monitoring system: code 4 if the window of orders is more than 2 minutes behind",
      "dynavault continuous status orders --max-lag 2min --vault s3://my-backups/vault"
    },
    exits = {
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousStatusCommand implements CliCommand {
  @Mixin private ContinuousTables tables = new ContinuousTables();

  @Option(
      names = "--max-lag",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description =
          "how far a window may be behind (default 5min while it is captured, else 20h: after 24h"
              + " changes are lost)")
  private @Nullable Duration maxLag;

  @Option(
      names = "--size",
      description = "show the size of the newest chain, too: reads an index for each of its hours")
  private boolean size;

  @Override
  public ExitStatus run(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      CaptureSurvey survey = new CaptureSurvey(open.vault(), session.context().timing().clock());
      List<String> all = survey.tables();
      List<String> names = tables.isUsed() ? tables.among(all) : all;
      List<JudgedStatus> statuses =
          names.stream()
              .flatMap(name -> status(survey, name).stream())
              .map(status -> JudgedStatus.of(status, Optional.ofNullable(maxLag)))
              .toList();
      session.output().show(new CaptureStatusView(statuses));
      boolean sound = statuses.stream().allMatch(status -> status.problems().isEmpty());
      return sound ? ExitStatus.OK : ExitStatus.DAMAGED;
    }
  }

  private Optional<CaptureStatus> status(CaptureSurvey survey, String table) {
    return survey.status(table, size ? Extent.WHOLE : Extent.GLANCE);
  }
}
