// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.DurationConverter;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Outcomes;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.MessageType;
import io.dynavault.cli.output.Output;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.capture.CaptureSurvey;
import io.dynavault.core.capture.StopRequests;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.Outcome;
import io.dynavault.core.lease.LeaseState;
import io.dynavault.core.time.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends captures. */
@Command(
    name = "stop",
    description = {
      "Asks the processes that capture tables to end, and waits until they have.",
      "They commit what they have read before. It does not matter on which machine they run. What"
          + " is captured stays; the next start within 24 hours goes on from there without a gap."
    })
@CommandTraits(
    examples = {"dynavault continuous stop orders --vault s3://my-backups/vault"},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.UNAVAILABLE
    })
final class ContinuousStopCommand implements CliCommand {
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Mixin private ContinuousTables tables = new ContinuousTables();

  @Option(
      names = "--max-wait",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "how long to wait for the end (default 2min)")
  private Duration maxWait = Duration.ofMinutes(2);

  /** What became of the capture of a table. */
  private enum End {
    STOPPED,
    NOT_RUNNING
  }

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    Timing timing = session.context().timing();
    try (OpenVault open = session.wiring().openVault()) {
      StopRequests requests = new StopRequests(open.vault(), timing.clock());
      List<String> names = tables.among(new CaptureSurvey(open.vault(), timing.clock()).tables());
      List<Optional<LeaseState>> holders = new ArrayList<>();
      for (String name : names) {
        Optional<LeaseState> holder = requests.running(name);
        holder.ifPresent(running -> requests.request(name, running));
        holders.add(holder);
      }
      List<Outcome<End>> outcomes = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        outcomes.add(ended(session, requests, names.get(i), holders.get(i)));
      }
      return report(session.output(), outcomes);
    }
  }

  private Outcome<End> ended(
      Session session, StopRequests requests, String table, Optional<LeaseState> holder)
      throws InterruptedException {
    if (holder.isEmpty()) {
      return new Outcome<>(table, Optional.of(End.NOT_RUNNING), Optional.empty());
    }
    Duration waited = Duration.ZERO;
    while (requests.isRunning(table, holder.get())) {
      if (waited.compareTo(maxWait) >= 0) {
        return new Outcome<>(table, Optional.empty(), Optional.of(tooLong(table, holder.get())));
      }
      session.context().timing().sleeper().sleep(LOOK);
      waited = waited.plus(LOOK);
    }
    return new Outcome<>(table, Optional.of(End.STOPPED), Optional.empty());
  }

  private DynavaultException tooLong(String table, LeaseState holder) {
    return new DynavaultException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "unable to stop the capture of table '%s': %s was asked to end and has not within %s"
            .formatted(table, holder.holder(), TimeText.span(maxWait)),
        "it ends when its vault and its table answer; or end that process");
  }

  private static ExitStatus report(Output output, List<Outcome<End>> outcomes) {
    for (Outcome<End> outcome : outcomes) {
      outcome
          .result()
          .ifPresent(
              end -> {
                ObjectNode json =
                    Json.object().put("tableName", outcome.subject()).put("result", end.name());
                output.event(MessageType.ITEM, json);
                if (!output.isJson()) {
                  output
                      .page()
                      .line(
                          "table '%s': %s"
                              .formatted(
                                  outcome.subject(),
                                  end == End.STOPPED ? "stopped" : "was not being captured"));
                }
              });
    }
    return Outcomes.report(output, Outcomes.Subject.TABLE, outcomes, Json.object());
  }
}
