// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Set;

/**
 * The standard streams of the process.
 *
 * @param terminals which of them are terminals
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, Set<Terminal> terminals) {

  /** A standard stream that can be a terminal. */
  public enum Terminal {
    STDOUT,
    STDERR
  }

  public Streams {
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    terminals = Set.copyOf(terminals);
  }
}
