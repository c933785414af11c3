// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.Confirmation;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.command.notify.RunNotice;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.Json;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireResult;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.TableLine;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes recovery points by rules. */
@Command(
    name = "expire",
    description = {
      "Deletes recovery points that no rule keeps, and says why each of the others stays.",
      "What any of the --keep options keeps stays, and so does the last good recovery point of"
          + " each table. Without --keep options only recovery points whose lifecycle"
          + " (--delete-after) has ended are deleted.",
      "Continuous backups keep all their changes; with --keep-window those of so many days. A base"
          + " that a window begins with stays, whatever the rules say.",
      "Prints what it would do; acts with --confirm."
    })
@CommandTraits(
    examples = {
      "dynavault expire --vault s3://my-backups/vault --keep-daily 7 --keep-weekly 4",
      "dynavault expire --vault s3://my-backups/vault --table 'prod-*' --keep-last 3 --confirm",
      "dynavault expire --vault s3://my-backups/vault --keep-window 35d --keep-monthly 12 --confirm"
    },
    options = {OptionGroup.NOTIFY},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
public final class ExpireCommand implements CliCommand {
  @Mixin private RetentionOptions retention = new RetentionOptions();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return RunNotice.run(session, Operation.CLEANUP, notice -> expire(session, notice));
  }

  private ExitStatus expire(Session session, RunNotice notice) throws InterruptedException {
    if (!confirmation.isGiven()) {
      notice.silence();
    }
    ExpirePlanner planner =
        new ExpirePlanner(retention.rules(), retention.lastGood(), retention.window());
    try (OpenVault open = session.wiring().openVault();
        ManagedBackups backups = session.wiring().managedBackups()) {
      notice.about(open.vault(), List.of());
      ExpirePlan plan =
          new ExpireSurvey(open.vault(), backups).plan(planner).ofTables(retention.tables());
      Optional<ExpireResult> result = Optional.empty();
      if (confirmation.isGiven()) {
        result = Optional.of(new ExpireRun(open.vault(), retention.lastGood(), backups).run(plan));
        List<TableLine> lines = ExpireLines.of(plan, result.get());
        notice.about(open.vault(), lines.stream().map(TableLine::tableName).toList());
        notice.ended(lines);
      }
      ObjectNode notifications = notice.tellIn(Json.object());
      session.output().show(new ExpireView(plan, result, session.now(), notifications));
      UnreadableRecords.warn(session.output(), plan.unreadable());
      return status(plan, result);
    }
  }

  private static ExitStatus status(ExpirePlan plan, Optional<ExpireResult> result) {
    List<ExpireResult.NotRemoved> failed = result.map(ExpireResult::failed).orElse(List.of());
    boolean allRemoved =
        failed.isEmpty()
            && result.map(ExpireResult::chains).orElse(List.of()).stream()
                .noneMatch(ExpireResult.ExpiredChain::failed);
    return allRemoved ? UnreadableRecords.status(plan.unreadable()) : ExitStatus.INCOMPLETE;
  }
}
