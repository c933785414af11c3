// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.aws.client.PacedCalls;
import io.dynavault.aws.client.RegionClients;
import io.dynavault.aws.imports.ErrorLog;
import io.dynavault.aws.imports.ErrorLogReader;
import io.dynavault.aws.imports.ImportArn;
import io.dynavault.aws.imports.ImportInfo;
import io.dynavault.aws.imports.Imports;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.job.StopSignal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says everything about an import. */
@Command(
    name = "describe",
    description = "Describes an import at AWS: how far it is, and the lines that it did not take.")
@CommandTraits(
    examples = {
      "dynavault imports describe orders",
      "dynavault imports describe \\",
      "    arn:aws:dynamodb:eu-west-1:111122223333:table/orders/import/01658528578619-c4d4e311"
    },
    exits = {ExitStatus.NOT_FOUND, ExitStatus.ACCESS_DENIED, ExitStatus.UNAVAILABLE})
final class ImportsDescribeCommand implements CliCommand {
  @Parameters(
      paramLabel = "ARN|TABLE",
      description = "ARN of the import; or the name of its table for the newest one")
  private String subject = "";

  @Option(
      names = "--errors",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description = "how many lines of its error log to show (default ${DEFAULT-VALUE})")
  private int errors = 10;

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    if (errors < 0 || errors > 10_000) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to show " + errors + " lines of the error log",
          "give --errors a number from 0 to 10000");
    }
    PacedCalls calls = session.wiring().calls(new StopSignal());
    Optional<ImportArn> arn = ImportArn.find(subject);
    if (arn.isEmpty() && subject.contains(":")) {
      arn = Optional.of(ImportArn.parse(subject)); // says what is wrong
    }
    try (RegionClients regions = new RegionClients(AwsClients.of(session.wiring().endpoint()))) {
      AwsClients clients = arn.map(wanted -> regions.in(wanted.region())).orElse(regions.home());
      Imports imports = new Imports(clients.dynamoDb(), calls);
      ImportInfo found =
          arn.isPresent()
              ? imports.describe(arn.get())
              : imports.newest(subject).orElseThrow(this::none);
      ErrorLog log =
          errors == 0
              ? ErrorLog.none()
              : new ErrorLogReader(clients::logs, calls).read(found, errors);
      session.output().show(new ImportView(found, log));
      return ExitStatus.OK;
    }
  }

  private DynavaultException none() {
    return new DynavaultException(
        ErrorCode.RESOURCE_NOT_FOUND,
        "unable to find an import into table '" + subject + "'",
        "AWS forgets imports after 90 days; see all with: dynavault imports list");
  }

  private record ImportView(ImportInfo info, ErrorLog log) implements View {
    @Override
    public void text(Page page) {
      Page.Fields fields =
          page.fields()
              .field("ARN", info.arn().text())
              .field("Table", info.tableName())
              .field("Status", ImportText.words(info.status()))
              .field("From", info.source())
              .field("Format", info.format() + ", " + ImportText.compression(info));
      info.started().ifPresent(time -> fields.field("Started", TimeText.moment(time)));
      info.ended().ifPresent(time -> fields.field("Ended", TimeText.moment(time)));
      info.counts()
          .ifPresent(
              counts -> {
                fields
                    .field("Items read", Counts.text(counts.processedItems()))
                    .field("Imported", Counts.text(counts.importedItems()))
                    .field("Errors", Counts.text(counts.errors()));
                counts
                    .processedBytes()
                    .ifPresent(bytes -> fields.field("Size", ByteSize.text(bytes)));
              });
      info.failure()
          .ifPresent(failed -> fields.field("Failure", failed.code() + ": " + failed.message()));
      info.logGroup()
          .ifPresent(
              group ->
                  fields
                      .field("Log group", group)
                      .field("Error log stream", info.errorLogStream()));
      fields.end();
      ImportText.lines(info, log).forEach(page::line);
    }

    @Override
    public JsonNode json() {
      return ImportText.json(info, log);
    }
  }
}
