// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.dynavault.aws.awsbackup.BackupOrder;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.Lifecycle;
import io.dynavault.core.json.JsonFields;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDefinitionParser;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RunJournal;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ObjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * A job in the vault's journal: what is needed to start it, or to find it by its token if it was
 * started, and to record what it makes.
 *
 * @param token the same one starts the job once only
 */
record JobJournal(RunJournal journal, AwsBackupPlan plan, String token) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String JOB = "job";
  private static final String JOB_ID = "jobId";

  /** Notes the intent, before AWS is asked. */
  static JobJournal begin(
      Vault vault, AwsBackupPlan plan, Instant now, RandomGenerator random, String toolVersion) {
    RecoveryPointId id = RecoveryPointId.create(now, random);
    LocalDate day = now.atZone(ZoneOffset.UTC).toLocalDate();
    String token = CreatorToken.create(random);
    RunRecord record =
        new RunRecord(
            RunRecord.Kind.AWS_BACKUP,
            plan.tableName(),
            id,
            ObjectKeys.export(day, plan.tableName(), id.value()).folder(),
            now,
            toolVersion,
            toJson(plan, token));
    return new JobJournal(vault.runs().begin(record), plan, token);
  }

  /** The jobs of a table that nobody has recorded, oldest first. */
  static List<JobJournal> unfinished(Vault vault, String tableName) {
    return vault.runs().unfinished(tableName).stream()
        .filter(journal -> journal.run().kind() == RunRecord.Kind.AWS_BACKUP)
        .map(JobJournal::read)
        .toList();
  }

  RecoveryPointId id() {
    return journal.run().id();
  }

  /** What the job is started with. */
  BackupOrder order() {
    AwsBackupRequest request = plan.request();
    return new BackupOrder(
        request.backupVault(),
        plan.table().tableArn(),
        request.role(),
        request.lifecycle(),
        Map.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        token);
  }

  /** The id of the job, if AWS is known to have it. */
  Optional<String> jobId() {
    return Optional.ofNullable(journal.finished().get(JOB))
        .map(state -> state.path(JOB_ID).asText());
  }

  void started(String jobId) {
    journal.finished(JOB, MAPPER.createObjectNode().put(JOB_ID, jobId));
  }

  /** Removes the journal: the backup is recorded, or there is none. */
  void finish() throws InterruptedException {
    journal.finish();
  }

  private static ObjectNode toJson(AwsBackupPlan plan, String token) {
    AwsBackupRequest request = plan.request();
    ObjectNode json = MAPPER.createObjectNode().put("token", token);
    json.put("backupVault", request.backupVault()).put("roleArn", request.role());
    request.lifecycle().coldAfterDays().ifPresent(days -> json.put("coldAfterDays", days));
    request.lifecycle().deleteAfterDays().ifPresent(days -> json.put("deleteAfterDays", days));
    request.deleteAfter().ifPresent(age -> json.put("deleteAfterSeconds", age.toSeconds()));
    json.put("itemCount", plan.estimatedItems()).put("tableSizeBytes", plan.estimatedBytes());
    ObjectNode tags = json.putObject("tags");
    request.tags().forEach(tags::put);
    json.set("table", table(plan.table()));
    return json;
  }

  private static JobJournal read(RunJournal journal) {
    JsonFields json = new JsonFields("backup by AWS Backup", journal.run().plan());
    TableDefinition table = TableDefinitionParser.read(json.object("table").node());
    AwsBackupRequest request =
        new AwsBackupRequest(
            table.tableName(),
            json.text("backupVault"),
            json.text("roleArn"),
            new Lifecycle(
                days(json.optionalNumber("coldAfterDays")),
                days(json.optionalNumber("deleteAfterDays"))),
            json.textMap("tags"),
            json.optionalNumber("deleteAfterSeconds").stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst());
    return new JobJournal(
        journal,
        new AwsBackupPlan(
            request, table, json.number("itemCount"), json.number("tableSizeBytes"), List.of()),
        json.text("token"));
  }

  private static OptionalInt days(OptionalLong days) {
    return days.isPresent() ? OptionalInt.of((int) days.getAsLong()) : OptionalInt.empty();
  }

  private static JsonNode table(TableDefinition table) {
    try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
      TableDefinitionParser.write(table, buffer);
      return MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
