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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the product at work. */
@Command(
    name = "demo",
    description = {
      "Shows backup and restore at work on this machine, without an account.",
      "Starts DynamoDB Local and an S3 server, creates two tables, backs them up, damages one,"
          + " restores both and compares them item by item. Stops what it started; the vault"
          + " stays, to look at."
    })
@CommandTraits(examples = {"dynavault demo", "dynavault demo --folder /tmp/demo"})
public final class DemoCommand implements CliCommand {
  private static final int ANY_PORT = 0;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "folder for the vault (default ${DEFAULT-VALUE})",
      defaultValue = "dynavault-demo")
  private String folder = "";

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    Path path = session.context().workingDirectory().resolve(folder);
    session.output().message("starting DynamoDB Local and an S3 server on this machine ...");
    try (LocalServers servers = LocalServers.start(path, ANY_PORT, ANY_PORT)) {
      servers.s3().createBucket(LocalView.BUCKET);
      new DemoScript(session, servers, path).run();
    } catch (LocalServerException e) {
      throw new DynavaultException(
          ErrorCode.SERVER_NOT_STARTED, String.valueOf(e.getMessage()), e.hint(), e);
    }
    session.output().show(new DemoView(folder));
    return ExitStatus.OK;
  }
}
