// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.continuous;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands of continuous backup. */
@Command(
    name = "continuous",
    description = "Captures every change of tables, so that any second can be restored.",
    subcommands = {
      ContinuousStartCommand.class,
      ContinuousStopCommand.class,
      ContinuousStatusCommand.class,
      ContinuousCompactCommand.class,
      ContinuousCopyCommand.class,
      ContinuousDeleteCommand.class
    })
@CommandTraits(
    examples = {
      "dynavault continuous start orders --vault s3://my-backups/vault",
      "dynavault continuous status --vault s3://my-backups/vault"
    })
public final class ContinuousCommand {}
