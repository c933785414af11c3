// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.View;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Delivery;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.Notifiers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;

/** Sends a test message. */
@Command(
    name = "test",
    description = {
      "Sends a test message to everybody whom the settings name, and prints what became of it.",
      "Whatever outcomes notify.on has: the message is always sent."
    })
@CommandTraits(
    examples = {
      "DYNAVAULT_NOTIFY_WEBHOOK_URL=https://hooks.slack.com/services/... dynavault notify test"
    },
    exits = {ExitStatus.INCOMPLETE})
public final class NotifyTestCommand implements CliCommand {

  @Override
  public ExitStatus run(Session session) {
    try (OpenNotifiers open = OpenNotifiers.of(session)) {
      if (open.notifiers().all().isEmpty()) {
        throw new DynavaultException(
            ErrorCode.USAGE,
            "unable to send a test message: the settings name nobody to tell",
            "set notify.webhook.url, notify.email.host or notify.sns.topic-arn");
      }
      Notifiers always = new Notifiers(open.notifiers().all(), Set.of(Result.SUCCESS));
      List<Delivery> deliveries = always.send(message(session));
      session.output().show(new DeliveriesView(deliveries));
      return status(deliveries);
    }
  }

  private static Notification message(Session session) {
    return Notification.of(
        new Notification.Run(
            Operation.NOTIFY_TEST,
            Optional.empty(),
            session.now(),
            Duration.ZERO,
            Version.current()),
        List.of());
  }

  private static ExitStatus status(List<Delivery> deliveries) {
    List<Delivery> failed = deliveries.stream().filter(d -> !d.delivered()).toList();
    if (failed.size() < deliveries.size()) {
      return failed.isEmpty() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
    throw new DynavaultException(
        ErrorCode.NOTIFICATION_FAILED,
        deliveries.size() == 1
            ? failed.get(0).failure().orElseThrow()
            : "nobody could be told: see what is listed above");
  }

  private record DeliveriesView(List<Delivery> deliveries) implements View {
    @Override
    public void text(Page page) {
      TextTable table = TextTable.of("NOTIFIER", "DESTINATION", "RESULT");
      for (Delivery delivery : deliveries) {
        table.row(
            delivery.kind(),
            delivery.destination(),
            delivery.failure().map(why -> "failed: " + why).orElse("delivered"));
      }
      page.table(table);
    }

    @Override
    public JsonNode json() {
      return Json.object().set("notifications", DeliveryJson.of(deliveries));
    }
  }
}
