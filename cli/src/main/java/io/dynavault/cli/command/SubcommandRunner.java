// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import java.util.List;

/** Runs another command line in this process. */
@FunctionalInterface
public interface SubcommandRunner {

  /** Runs it in the given surroundings; failures are printed. Returns the exit code. */
  int run(CliContext context, List<String> arguments);
}
