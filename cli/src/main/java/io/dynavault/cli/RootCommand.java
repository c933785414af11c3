// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command without a command. */
@Command(
    name = "dynavault",
    description = {
      "Backs up and restores tables of Amazon DynamoDB and of every server that speaks its"
          + " protocol, in the file format that AWS exports."
    })
@CommandTraits(
    examples = {
      "# see it work, on this machine, without an account",
      "dynavault demo",
      "dynavault backup --vault s3://my-backups/vault --table orders",
      "dynavault restore --vault s3://my-backups/vault --table orders --target-table"
          + " orders-restored"
    })
final class RootCommand {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "print the version")
  @SuppressWarnings("UnusedVariable") // picocli handles it before any command runs
  private boolean version;
}
