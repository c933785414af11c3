// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import picocli.CommandLine.Parameters;

/** Names a vault of AWS Backup on the command line. */
final class VaultName {
  @Parameters(paramLabel = "NAME", description = "name of the vault of AWS Backup; with case")
  private String name = "";

  String value() {
    return name;
  }
}
