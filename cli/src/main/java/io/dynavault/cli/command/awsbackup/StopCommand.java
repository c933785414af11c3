// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a backup job. */
@Command(
    name = "stop",
    description = {
      "Stops a backup job of AWS Backup.",
      "AWS stops backup jobs only, neither copies nor restores."
    })
@CommandTraits(
    examples = {"dynavault aws-backup stop FCCB040A-9426-2A49-2EA9-5EAFFAC656AC"},
    exits = {ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class StopCommand implements CliCommand {
  @Parameters(paramLabel = "JOB", description = "id of the job")
  private String id = "";

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Jobs jobs = new Jobs(clients.backup());
      jobs.stop(id);
      session
          .output()
          .show(
              Notice.done(
                  "backup job " + id + " is being stopped",
                  AwsJson.job(jobs.describe(JobKind.BACKUP, id))));
      return ExitStatus.OK;
    }
  }
}
