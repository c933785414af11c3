// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.local;

import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.local.LocalServerException;
import io.dynavault.local.LocalServers;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs DynamoDB Local and an S3 server until somebody ends it. */
@Command(
    name = "local",
    description = {
      "Runs DynamoDB Local and an S3 server on this machine.",
      "Prints the environment to use them with dynavault and the AWS CLI, and runs until it is"
          + " interrupted. Tables live in memory and end with it; objects stay in their folder."
    })
@CommandTraits(
    examples = {
      "dynavault local",
      "# in another shell, with the environment that it printed",
      "aws dynamodb list-tables"
    })
public final class LocalCommand implements CliCommand {
  @Mixin private LocalOptions options = new LocalOptions();

  @Override
  public ExitStatus run(Session session) {
    Path folder = options.folder(session.context().workingDirectory());
    session.output().message("starting DynamoDB Local and the S3 server ...");
    try (LocalServers servers =
        LocalServers.start(folder, options.dynamoDbPort(), options.s3Port())) {
      servers.s3().createBucket(LocalView.BUCKET);
      session.output().show(LocalView.of(servers, folder));
      new CountDownLatch(1).await();
      return ExitStatus.OK;
    } catch (LocalServerException e) {
      throw new DynavaultException(
          ErrorCode.SERVER_NOT_STARTED, String.valueOf(e.getMessage()), e.hint(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the usual way to end it, not a failure
      return ExitStatus.OK;
    }
  }
}
