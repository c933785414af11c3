// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import java.nio.file.Path;
import java.util.Map;

/** What the process gives to a command: streams, environment, time and chance. */
public record CliContext(
    Streams streams,
    Map<String, String> environment,
    Path workingDirectory,
    Timing timing,
    Ticker ticker) {

  public CliContext {
    requireNonNull(streams, "streams is null");
    environment = Map.copyOf(environment);
    requireNonNull(workingDirectory, "workingDirectory is null");
    requireNonNull(timing, "timing is null");
    requireNonNull(ticker, "ticker is null");
  }
}
