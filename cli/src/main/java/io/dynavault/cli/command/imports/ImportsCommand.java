// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.imports;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on DynamoDB's imports. */
@Command(
    name = "imports",
    description = {
      "Lists and describes tables that DynamoDB imports from S3.",
      "They are begun with: dynavault import --via import-table; or dynavault restore --via"
          + " import. An import cannot be stopped."
    },
    subcommands = {ImportsListCommand.class, ImportsDescribeCommand.class})
@CommandTraits(examples = {"dynavault imports list --table orders"})
public final class ImportsCommand {}
