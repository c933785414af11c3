// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.pitr;

import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.restore.PitrRestoreCommand;
import picocli.CommandLine.Command;

/** Groups the commands on point-in-time recovery. */
@Command(
    name = "pitr",
    description = "Switches point-in-time recovery on and off, shows it, and restores by it.",
    subcommands = {
      PitrStatusCommand.class,
      PitrEnableCommand.class,
      PitrDisableCommand.class,
      PitrRestoreCommand.class
    })
@CommandTraits(
    examples = {"dynavault pitr status --all", "dynavault pitr enable --table orders --days 35"})
public final class PitrCommand {}
