// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

/** A command that does something, as opposed to one that only groups others. */
public interface CliCommand {

  /**
   * Does it.
   *
   * @throws InterruptedException when the user wants it to end
   */
  ExitStatus run(Session session) throws InterruptedException;
}
