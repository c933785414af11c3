// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.ExitStatus;
import io.dynavault.core.job.StopSignal;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The wish of the user, by SIGINT or SIGTERM, that the command ends. The first signal asks the
 * command to stop at its next safe place, where it can, and interrupts it otherwise; what a later
 * run can use is kept. The second signal ends the process at once.
 */
final class Interruption {
  private final Thread command;
  private final StopSignal stop = new StopSignal();
  private final AtomicReference<Optional<ExitStatus>> wish =
      new AtomicReference<>(Optional.empty());
  private volatile Consumer<String> announce = message -> {};
  private volatile boolean graceful;
  private volatile boolean usual;

  /**
   * @param command the thread to interrupt
   */
  Interruption(Thread command) {
    this.command = requireNonNull(command, "command is null");
  }

  /** Where the first signal is answered. */
  void announceThrough(Consumer<String> messages) {
    announce = requireNonNull(messages, "messages is null");
  }

  /** The signal that is set from now on in place of interrupting the command. */
  StopSignal gracefulStop() {
    graceful = true;
    return stop;
  }

  /**
   * The same for a command that runs until somebody ends it: to be ended is no failure, and its own
   * exit status counts.
   */
  StopSignal usualStop() {
    usual = true;
    return gracefulStop();
  }

  /** The exit status that the signal asks for, when there was one. */
  Optional<ExitStatus> exitStatus() {
    return usual ? Optional.empty() : requireNonNull(wish.get(), "wish is null");
  }

  /** What a signal does. */
  void request(ExitStatus exitStatus) {
    Optional<ExitStatus> before =
        wish.getAndUpdate(first -> first.isPresent() ? first : Optional.of(exitStatus));
    if (before.isPresent()) {
      Runtime.getRuntime().halt(exitStatus.code());
    }
    announce.accept("ending: finishing what is in flight; a second signal ends at once");
    stop.request();
    if (!graceful) {
      command.interrupt();
    }
  }

  void listenToSignals() {
    listen("INT", ExitStatus.INTERRUPTED);
    listen("TERM", ExitStatus.TERMINATED);
  }

  /**
   * Uses {@code sun.misc.Signal} by reflection: the module jdk.unsupported offers no other way to
   * tell the second signal from the first, and javac warns about direct use in a way that cannot be
   * switched off. Where it is missing, the JVM's own handling stays, which ends with the same exit
   * codes.
   */
  private void listen(String signalName, ExitStatus exitStatus) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  request(exitStatus);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(signalName), listener);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The JVM's own handling stays.
    }
  }
}
