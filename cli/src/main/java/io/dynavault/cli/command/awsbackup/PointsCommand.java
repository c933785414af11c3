// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on recovery points of AWS Backup. */
@Command(
    name = "points",
    description = "Lists, describes, deletes and changes recovery points of AWS Backup.",
    subcommands = {
      PointsListCommand.class,
      PointsDescribeCommand.class,
      PointsDeleteCommand.class,
      PointsLifecycleCommand.class
    })
@CommandTraits(examples = {"dynavault aws-backup points list --table orders"})
final class PointsCommand {}
