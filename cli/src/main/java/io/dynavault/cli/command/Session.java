// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.config.Config;
import io.dynavault.cli.output.Output;
import io.dynavault.core.job.StopSignal;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One run of a command: its settings, its output and what the process gives.
 *
 * @param command its whole name, such as {@code dynavault vault create}
 * @param gracefulStop gives the signal that, once asked for, a SIGINT or SIGTERM sets in place of
 *     interrupting the command
 * @param usualStop the same for a command that a signal ends in its usual way, with success
 * @param subcommands runs other command lines
 */
public record Session(
    CliContext context,
    Config config,
    Output output,
    String command,
    Supplier<StopSignal> gracefulStop,
    Supplier<StopSignal> usualStop,
    SubcommandRunner subcommands) {

  public Session {
    requireNonNull(context, "context is null");
    requireNonNull(config, "config is null");
    requireNonNull(output, "output is null");
    requireNonNull(command, "command is null");
    requireNonNull(gracefulStop, "gracefulStop is null");
    requireNonNull(usualStop, "usualStop is null");
    requireNonNull(subcommands, "subcommands is null");
  }

  /** The time by the injected clock. */
  public Instant now() {
    return context.timing().clock().instant();
  }

  /** Makes what commands work with. */
  public Wiring wiring() {
    return new Wiring(this);
  }
}
