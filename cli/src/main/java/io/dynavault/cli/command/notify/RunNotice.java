// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.notify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Version;
import io.dynavault.cli.config.ConfigOptions;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.notify.Delivery;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Tells how one run of a command has ended, once: when the command says so, or when it fails before
 * it could. Confined to one thread.
 */
public final class RunNotice {
  private final Session session;
  private final OpenNotifiers notifiers;
  private final Operation operation;
  private final Instant started;
  private final long startedNanos;
  private Optional<String> vault;
  private List<String> askedFor = List.of();
  private Optional<List<TableLine>> lines = Optional.empty();
  private boolean silent;

  /** What a command does. */
  @FunctionalInterface
  public interface Work {
    ExitStatus run(RunNotice notice) throws InterruptedException;
  }

  private RunNotice(Session session, OpenNotifiers notifiers, Operation operation) {
    this.session = requireNonNull(session, "session is null");
    this.notifiers = requireNonNull(notifiers, "notifiers is null");
    this.operation = requireNonNull(operation, "operation is null");
    this.started = session.now();
    this.startedNanos = session.context().ticker().nanos();
    this.vault =
        operation == Operation.IMPORT
            ? Optional.empty()
            : session.config().optional(ConfigOptions.VAULT);
  }

  /**
   * Does the work; a failure that ends it is told, and thrown on. The settings are checked first:
   * who counts on being told wants to know of a mistake in them before the run.
   */
  public static ExitStatus run(Session session, Operation operation, Work work)
      throws InterruptedException {
    try (OpenNotifiers notifiers = OpenNotifiers.of(session)) {
      return new RunNotice(session, notifiers, operation).during(work);
    }
  }

  private ExitStatus during(Work work) throws InterruptedException {
    try {
      return work.run(this);
    } catch (DynavaultException e) {
      tell(Optional.of(Failure.of(e)));
      throw e;
    } catch (RuntimeException e) {
      String name = e.getClass().getSimpleName();
      tell(Optional.of(new Failure(ErrorCode.BUG.name(), "unexpected failure: " + name, "")));
      throw e;
    }
  }

  /** Nothing is told: it was only planned. */
  public void silence() {
    silent = true;
  }

  /**
   * Names what the run is about.
   *
   * @param tables whose newest recovery points metrics are to tell the age of
   */
  public void about(Vault open, List<String> tables) {
    vault = Optional.of(open.config().name());
    askedFor = List.copyOf(tables);
  }

  /** How the tables have ended; told when the run ends. */
  public void ended(List<TableLine> tables) {
    lines = Optional.of(List.copyOf(tables));
  }

  /** Tells now, and adds to the result of the command whom it could be told. */
  public ObjectNode tellIn(ObjectNode result) {
    List<Delivery> deliveries = tell(Optional.empty());
    if (!deliveries.isEmpty()) {
      result.set("notifications", DeliveryJson.of(deliveries));
    }
    return result;
  }

  /** Tells how it stands with one table, at once: the run goes on. */
  public void tellMeanwhile(TableLine table) {
    send(Notification.of(sofar(), List.of(table)));
  }

  private List<Delivery> tell(Optional<Failure> failure) {
    if (silent) {
      return List.of();
    }
    silent = true;
    Notification.Run run = sofar();
    return send(
        lines.isPresent()
            ? Notification.of(run, lines.get())
            : Notification.failed(
                run, List.of(), failure.orElseGet(() -> new Failure("BUG", "no result", ""))));
  }

  private Notification.Run sofar() {
    return new Notification.Run(
        operation,
        vault,
        started,
        Duration.ofNanos(session.context().ticker().nanos() - startedNanos),
        Version.current());
  }

  private List<Delivery> send(Notification notification) {
    new MetricsFile(session).append(notification, askedFor);
    List<Delivery> deliveries = notifiers.notifiers().send(notification);
    deliveries.stream()
        .flatMap(delivery -> delivery.failure().stream())
        .forEach(session.output()::warning);
    return deliveries;
  }
}
