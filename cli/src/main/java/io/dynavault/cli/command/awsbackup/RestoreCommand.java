// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.awsbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.aws.awsbackup.AwsJob;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.JobKind;
import io.dynavault.aws.awsbackup.Jobs;
import io.dynavault.aws.awsbackup.RestoreOrder;
import io.dynavault.aws.awsbackup.backup.AwsRestoreRequest;
import io.dynavault.aws.awsbackup.backup.AwsRestoreResult;
import io.dynavault.aws.awsbackup.backup.AwsRestoreRun;
import io.dynavault.aws.client.AwsClients;
import io.dynavault.cli.command.CliCommand;
import io.dynavault.cli.command.CommandTraits;
import io.dynavault.cli.command.ExitStatus;
import io.dynavault.cli.command.ProgressBoard;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.cli.config.OptionGroup;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.table.SettingOutcome;
import io.dynavault.core.table.TableClients;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Selector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a table by AWS Backup. */
@Command(
    name = "restore",
    description = {
      "Restores a recovery point of AWS Backup into a new table.",
      "Of one that dynavault backup --method aws-backup has recorded in a vault it waits for the"
          + " job and puts back the settings that AWS drops: TTL, stream, tags, point-in-time"
          + " recovery, auto scaling and others. Of an ARN it starts the job only, unless told to"
          + " wait."
    })
@CommandTraits(
    examples = {
      "dynavault aws-backup restore latest --table orders --vault s3://my-backups/vault \\",
      "    --target-table orders-restored",
      "dynavault aws-backup restore arn:aws:backup:eu-west-1:111122223333:recovery-point:8A92C3F1"
          + " \\",
      "    --target-table orders-restored --wait"
    },
    options = {OptionGroup.AWS_BACKUP},
    exits = {
      ExitStatus.INCOMPLETE,
      ExitStatus.NOT_FOUND,
      ExitStatus.ACCESS_DENIED,
      ExitStatus.CONFLICT,
      ExitStatus.UNAVAILABLE
    })
final class RestoreCommand implements CliCommand {
  @Parameters(
      paramLabel = "RECOVERY-POINT",
      description =
          "latest, an id or the beginning of one in the vault, or the ARN of any recovery point of"
              + " AWS Backup")
  private String point = "";

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "the table that the recovery point is of")
  private @Nullable String table;

  @Option(
      names = "--target-table",
      paramLabel = "NAME",
      required = true,
      description = "new table, which must not exist")
  private String target = "";

  @Option(
      names = "--encryption",
      paramLabel = "default|kms",
      description = "key that AWS owns, or one of KMS; without it as AWS chooses")
  private @Nullable KeyKind encryption;

  @Option(names = "--kms-key", paramLabel = "ARN", description = "key of KMS")
  private @Nullable String key;

  @Mixin private WaitOptions waiting = new WaitOptions();

  private enum KeyKind {
    DEFAULT,
    KMS
  }

  @Override
  public ExitStatus run(Session session) throws InterruptedException {
    return point.startsWith("arn:") ? bare(session) : recorded(session);
  }

  private ExitStatus bare(Session session) throws InterruptedException {
    String token = CreatorToken.create(session.context().timing().random());
    RestoreOrder order = new RestoreOrder(point, target, encryption(), Role.of(session), token);
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint())) {
      Jobs jobs = new Jobs(clients.backup());
      String id = jobs.start(order);
      AwsJob job = waiting.ended(session, jobs, JobKind.RESTORE, id, session.gracefulStop().get());
      session.output().show(new JobsView(List.of(job), session.now()));
      return ExitStatus.OK;
    }
  }

  private ExitStatus recorded(Session session) throws InterruptedException {
    AwsRestoreRequest request =
        new AwsRestoreRequest(find(session), target, encryption(), Role.of(session));
    try (AwsClients clients = AwsClients.of(session.wiring().endpoint());
        TableClients tables = TableClients.open(session.wiring().endpoint());
        ProgressBoard board = ProgressBoard.start(session)) {
      AwsRestoreResult result =
          new AwsRestoreRun(
                  new Jobs(clients.backup()), tables, waiting.limit(), board.context(target))
              .run(request);
      session.output().show(new ResultView(result));
      return result.complete() ? ExitStatus.OK : ExitStatus.INCOMPLETE;
    }
  }

  private RecoveryPoint find(Session session) {
    try (OpenVault open = session.wiring().openVault()) {
      Catalog catalog = open.vault().catalog();
      Selector selector = Selector.parse(point);
      return (table == null ? catalog.find(selector) : catalog.find(table, selector)).point();
    }
  }

  private RestoreOrder.Encryption encryption() {
    if (key != null || encryption == KeyKind.KMS) {
      return RestoreOrder.Encryption.kms(Optional.ofNullable(key));
    }
    return encryption == KeyKind.DEFAULT
        ? RestoreOrder.Encryption.OWNED_BY_AWS
        : RestoreOrder.Encryption.UNSAID;
  }

  private record ResultView(AwsRestoreResult result) implements View {
    @Override
    public void text(Page page) {
      page.line("restored table %s in %s", result.tableName(), TimeText.span(result.duration()));
      TextTable lines = TextTable.of("SETTING", "RESULT", "REASON");
      for (SettingOutcome setting : result.settings()) {
        lines.row(
            setting.setting().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            setting.result().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            setting.reason().orElse(""));
      }
      if (!lines.isEmpty()) {
        page.table(lines);
      }
    }

    @Override
    public JsonNode json() {
      ObjectNode json =
          Json.object()
              .put("tableName", result.tableName())
              .put("jobId", result.jobId())
              .put("durationSeconds", Json.seconds(result.duration()));
      ArrayNode settings = json.putArray("settings");
      for (SettingOutcome setting : result.settings()) {
        ObjectNode node =
            settings
                .addObject()
                .put("setting", setting.setting().name())
                .put("result", setting.result().name());
        setting.reason().ifPresent(reason -> node.put("reason", reason));
      }
      return json;
    }
  }
}
