// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Sleeper;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What the process gives to a command: streams, environment, time and chance.
 *
 * @param terminals which of the streams are terminals
 */
public record CliContext(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Set<Terminal> terminals,
    Map<String, String> environment,
    Path workingDirectory,
    InstantSource clock,
    Sleeper sleeper,
    RandomGenerator random) {

  /** A standard stream that can be a terminal. */
  public enum Terminal {
    STDOUT,
    STDERR
  }

  public CliContext {
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    terminals = Set.copyOf(terminals);
    environment = Map.copyOf(environment);
    requireNonNull(workingDirectory, "workingDirectory is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(sleeper, "sleeper is null");
    requireNonNull(random, "random is null");
  }
}
