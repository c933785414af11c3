// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.output.Page;
import picocli.CommandLine.Option;

/** The options of commands that take something away or cannot be taken back. */
public final class Confirmation {
  @Option(names = "--confirm", description = "do it; without this only print what would be done")
  private boolean confirm;

  @Option(names = "--dry-run", description = "only print what would be done, even with --confirm")
  private boolean dryRun;

  /** Whether to act. */
  public boolean isGiven() {
    return confirm && !dryRun;
  }

  /** Says below a plan that nothing was done. */
  public static void remind(Page page, boolean done) {
    if (!done) {
      page.blank().line("Nothing was done. Add --confirm to do it.");
    }
  }
}
