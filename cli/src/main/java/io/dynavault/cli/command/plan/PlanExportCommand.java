// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.aws.awsbackup.plan.AccountReader;
import io.dynavault.aws.awsbackup.plan.DocumentWriter;
import io.dynavault.aws.awsbackup.plan.PlanDocument;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a document of what is in the account. */
@Command(
    name = "export",
    description = {
      "Writes a plan that is in the account as a document, with its selections and vaults.",
      "Applying that document changes nothing."
    })
@CommandTraits(
    examples = {
      "dynavault plan export nightly > plan.yaml",
      "dynavault plan export nightly --restore-test monthly --output plan.yaml"
    },
    exits = {ExitStatus.CONFLICT, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class PlanExportCommand implements CliCommand {
  @Parameters(paramLabel = "PLAN", description = "name of the plan")
  private String name = "";

  @Option(
      names = "--restore-test",
      paramLabel = "NAME",
      description = "restore test to take along; can be given several times")
  private List<String> tests = List.of();

  @Option(names = "--output", paramLabel = "FILE", description = "new file to write it to")
  private @Nullable String file;

  @Override
  public ExitStatus run(Session session) {
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      PlanDocument document =
          new AccountReader(clients.backup())
              .export(name, tests, note -> session.output().message("note: " + note));
      byte[] yaml = DocumentWriter.write(document).getBytes(UTF_8);
      String target = file;
      if (target == null) {
        session.output().data().write(yaml);
        session.output().data().flush();
      } else {
        Files.write(
            session.context().workingDirectory().resolve(target),
            yaml,
            StandardOpenOption.CREATE_NEW);
        session.output().message("wrote " + target);
      }
      return ExitStatus.OK;
    } catch (FileAlreadyExistsException e) {
      throw new DynavaultException(
          ErrorCode.RECOVERY_POINT_EXISTS,
          "unable to write plan '" + file + "': the file exists",
          "choose another name, or remove it");
    } catch (IOException e) {
      throw new DynavaultException(
          ErrorCode.STORE_FAILED, "unable to write plan '" + name + "': " + e.getMessage(), e);
    }
  }
}
