// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.report;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.notify.SnsFormat;
import io.dynavault.aws.notify.SnsNotifier;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.metrics.RunMetrics;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notifiers;
import io.dynavault.core.notify.TableLine;
import io.dynavault.lambda.host.Host;
import io.dynavault.lambda.host.Invocation;
import io.dynavault.lambda.host.Settings;
import io.dynavault.lambda.host.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how the work on tables has ended. */
public final class Report {
  private static final Logger log = LoggerFactory.getLogger(Report.class);

  private final Host host;
  private final Settings settings;
  private final Notification.Operation operation;

  public Report(Host host, Settings settings, Notification.Operation operation) {
    this.host = requireNonNull(host, "host is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.operation = requireNonNull(operation, "operation is null");
  }

  /**
   * Of work that has come to its end.
   *
   * @param newest when the newest recovery point of each table was begun, where that was looked at
   */
  public void send(
      Invocation invocation,
      Optional<String> vault,
      List<TableLine> tables,
      Map<String, Optional<Instant>> newest) {
    tell(Notification.of(run(invocation, vault), tables), newest, invocation);
  }

  /** Of work that has come to its end, in figures alone: nobody is told. */
  public void measure(Invocation invocation, Optional<String> vault, List<TableLine> tables) {
    measure(Notification.of(run(invocation, vault), tables), Map.of(), invocation);
  }

  /** Of work that could not be begun. */
  public void sendFailure(Invocation invocation, DynavaultException e) {
    Notification.Run run = run(invocation, Optional.empty());
    tell(Notification.failed(run, List.of(), Failure.of(e)), Map.of(), invocation);
  }

  private Notification.Run run(Invocation invocation, Optional<String> vault) {
    Instant started = invocation.started();
    Duration took = Duration.between(started, invocation.timing().clock().instant());
    return new Notification.Run(operation, vault, started, took, Version.current());
  }

  private void tell(
      Notification notification, Map<String, Optional<Instant>> newest, Invocation invocation) {
    measure(notification, newest, invocation);
    settings.optional("SNS_TOPIC_ARN").ifPresent(topic -> publish(topic, notification));
  }

  private void measure(
      Notification notification, Map<String, Optional<Instant>> newest, Invocation invocation) {
    new RunMetrics(notification, newest, dimensions(settings))
        .lines(invocation.timing().clock().instant())
        .forEach(host.log()::println);
  }

  /** What all figures of a function are published with. */
  public static Map<String, String> dimensions(Settings settings) {
    return Map.of("Environment", settings.text("ENVIRONMENT", "unknown"));
  }

  private void publish(String topic, Notification notification) {
    try (AwsClients clients = AwsClients.of(host.endpoint())) {
      SnsNotifier notifier = new SnsNotifier(clients.sns(), topic, SnsFormat.TEXT);
      new Notifiers(List.of(notifier), Set.of(Notification.Result.values()))
          .send(notification).stream()
              .flatMap(delivery -> delivery.failure().stream())
              .forEach(failure -> log.error("the report was not sent: {}", failure));
    } catch (DynavaultException e) {
      log.error("the report was not sent: {}", e.getMessage(), e);
    }
  }
}
