// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.TimeConverter;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.Config;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.compact.CompactPlan;
import io.dynavault.core.compact.CompactResult;
import io.dynavault.core.compact.CompactRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.pitr.RecoveryWindows;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes full backups out of bases and changes. */
@Command(
    name = "compact",
    description = {
      "Makes a full backup out of the newest base and the changes after it.",
      "The table is not read, and need not exist any more. The backup is of one moment, is read"
          + " back and becomes a base: later restores begin with it, and older bases may be"
          + " deleted."
    })
@CommandTraits(
    examples = {
      "dynavault continuous compact orders --vault s3://my-backups/vault",
      "# the state at the end of a month, to be kept for years",
      "dynavault continuous compact orders --to-time 2026-12-01T00:00:00Z --vault ./vault"
    },
    options = {OptionGroup.EXPORT, OptionGroup.READ},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.DAMAGED,
      ExitStatus.NOT_FOUND,
      ExitStatus.LOCKED,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousCompactCommand implements CliCommand {
  @Mixin private ContinuousTables tables = new ContinuousTables();

  @Option(
      names = "--to-time",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "moment of which the backup is, such as 2026-12-01T00:00:00Z (default the latest)")
  private @Nullable Instant moment;

  @Option(
      names = "--delete-after",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "age at which expire may delete the backup, such as 35d")
  private @Nullable Duration deleteAfter;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    try (OpenVault open = session.wiring().openVault();
        ProgressBoard board = ProgressBoard.start(session)) {
      Vault vault = open.vault();
      CaptureSurvey survey = new CaptureSurvey(vault, session.context().timing().clock());
      List<Outcome<CompactResult>> outcomes =
          Outcome.ofEach(
              tables.among(survey.tables()),
              1, // one uses all workers; the next one needs its temporary space
              board.stop(),
              table -> compact(session, vault, board, table));
      board.close();
      return report(session.output(), outcomes);
    }
  }

  private CompactResult compact(Session session, Vault vault, ProgressBoard board, String table) {
    MomentPlanner planner =
        new MomentPlanner(vault.store(), vault.catalog(), session.context().timing().clock());
    RecoveryWindows windows = planner.windows(table);
    Instant to = moment == null ? planner.latest(List.of(windows)).moment() : moment;
    MomentPlan content = planner.plan(windows, to, Set.of());
    content.notes().forEach(session.output()::warning);
    RecoveryPointId id =
        RecoveryPointId.create(
            session.context().timing().clock().instant(), session.context().timing().random());
    CompactPlan plan = new CompactPlan(id, content, options(session.config()));
    try {
      return new CompactRun(vault, board.context(table), Version.current()).run(plan);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DynavaultException(
          ErrorCode.INTERRUPTED, "compaction of table '" + table + "' was interrupted", e);
    }
  }

  private BackupOptions options(Config config) {
    return new BackupOptions(
        config.value(ConfigOptions.READ_WORKERS),
        Optional.empty(),
        config.value(ConfigOptions.EXPORT_FORMAT),
        config.value(ConfigOptions.EXPORT_COMPRESSION),
        config.value(ConfigOptions.EXPORT_FILE_SIZE),
        Map.of(),
        Optional.ofNullable(deleteAfter));
  }

  private static ExitStatus report(Output output, List<Outcome<CompactResult>> outcomes) {
    List<CompactResult> results =
        outcomes.stream().flatMap(outcome -> outcome.result().stream()).toList();
    if (output.isJson()) {
      results.forEach(result -> output.event(MessageType.ITEM, json(result)));
    } else if (!results.isEmpty()) {
      output.page().table(text(results));
    }
    return Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, Json.object());
  }

  private static ObjectNode json(CompactResult result) {
    RecoveryPoint point = result.point();
    return Json.object()
        .put("tableName", point.tableName())
        .put("recoveryPointId", point.id().value())
        .put("moment", point.startTime().toString())
        .put("itemCount", point.export().itemCount())
        .put("itemBytes", point.export().itemBytes())
        .put("storedBytes", point.storedBytes())
        .put("base", result.base().isPresent())
        .put("durationSeconds", Json.seconds(result.duration()));
  }

  private static TextTable text(List<CompactResult> results) {
    TextTable text =
        TextTable.of("TABLE", "RECOVERY POINT", "MOMENT", ">ITEMS", ">SIZE", ">STORED", ">TOOK");
    for (CompactResult result : results) {
      RecoveryPoint point = result.point();
      text.row(
          point.tableName(),
          point.id().value(),
          point.startTime().toString(),
          Counts.text(point.export().itemCount()),
          ByteSize.text(point.export().itemBytes()),
          ByteSize.text(point.storedBytes()),
          TimeText.span(result.duration()));
    }
    return text;
  }
}
