// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import io.dynavault.aws.awsbackup.plan.AccountReader;
import io.dynavault.aws.awsbackup.plan.DocumentReader;
import io.dynavault.aws.awsbackup.plan.PlanDiff;
import io.dynavault.aws.awsbackup.plan.PlanDocument;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.Session;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.Parameters;

/** Names a plan document on the command line. */
final class DocumentFile {
  @Parameters(paramLabel = "FILE", description = "plan document in YAML; - is standard input")
  private String file = "";

  /** Compares the document with the account. */
  PlanDiff diff(Session session, AwsClients clients) {
    PlanDocument document = read(session);
    return PlanDiff.of(document, new AccountReader(clients.backup()).read(document));
  }

  /**
   * @throws DynavaultException {@code CONFIG_INVALID} with everything that is wrong with it
   */
  PlanDocument read(Session session) {
    try {
      if (file.equals("-")) {
        byte[] bytes = session.context().streams().in().readAllBytes();
        return DocumentReader.read("standard input", new String(bytes, StandardCharsets.UTF_8));
      }
      return DocumentReader.read(
          file,
          Files.readString(
              session.context().workingDirectory().resolve(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      String reason =
          e instanceof NoSuchFileException ? "no such file" : e.getClass().getSimpleName();
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read plan '" + file + "': " + reason,
          "docs/reference/plan-document.md shows a whole document");
    }
  }
}
