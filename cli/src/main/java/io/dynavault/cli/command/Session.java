// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.config.Config;
import io.dynavault.cli.output.Output;
import java.time.Instant;

/** One run of a command: its settings, its output and what the process gives. */
public record Session(CliContext context, Config config, Output output) {

  public Session {
    requireNonNull(context, "context is null");
    requireNonNull(config, "config is null");
    requireNonNull(output, "output is null");
  }

  /** The time by the injected clock. */
  public Instant now() {
    return context.clock().instant();
  }
}
