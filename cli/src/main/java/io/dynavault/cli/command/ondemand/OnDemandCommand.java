// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.ondemand;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on DynamoDB's on-demand backups. */
@Command(
    name = "on-demand",
    description = {
      "Lists, describes, deletes and records DynamoDB's on-demand backups.",
      "They are made with: dynavault backup --method on-demand; and restored with: dynavault"
          + " restore."
    },
    subcommands = {
      OnDemandListCommand.class,
      OnDemandDescribeCommand.class,
      OnDemandDeleteCommand.class,
      OnDemandAdoptCommand.class
    })
@CommandTraits(examples = {"dynavault on-demand list --table orders"})
public final class OnDemandCommand {}
