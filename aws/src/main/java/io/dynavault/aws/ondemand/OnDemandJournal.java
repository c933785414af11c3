// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.ondemand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
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
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The intent of a backup in the vault's journal: what is needed to find the backup at AWS, and to
 * record it.
 */
record OnDemandJournal(RunJournal journal, OnDemandPlan plan) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Notes the intent, before AWS is asked. */
  static OnDemandJournal begin(
      Vault vault, OnDemandPlan plan, Instant now, RandomGenerator random, String toolVersion) {
    RecoveryPointId id = RecoveryPointId.create(now, random);
    LocalDate day = now.atZone(ZoneOffset.UTC).toLocalDate();
    RunRecord record =
        new RunRecord(
            RunRecord.Kind.ON_DEMAND,
            plan.tableName(),
            id,
            ObjectKeys.export(day, plan.tableName(), id.value()).folder(),
            now,
            toolVersion,
            toJson(plan));
    return new OnDemandJournal(vault.runs().begin(record), plan);
  }

  /** The intents of a table that nobody has finished, oldest first. */
  static List<OnDemandJournal> unfinished(Vault vault, String tableName) {
    return vault.runs().unfinished(tableName).stream()
        .filter(journal -> journal.run().kind() == RunRecord.Kind.ON_DEMAND)
        .map(journal -> new OnDemandJournal(journal, fromJson(journal.run().plan())))
        .toList();
  }

  Instant started() {
    return journal.run().started();
  }

  /** Removes the intent: the backup is recorded, or there is none. */
  void finish() throws InterruptedException {
    journal.finish();
  }

  private static ObjectNode toJson(OnDemandPlan plan) {
    ObjectNode json = MAPPER.createObjectNode().put("backupName", plan.name().value());
    json.put("namePrefix", plan.options().namePrefix());
    json.put("itemCount", plan.estimatedItems());
    json.put("tableSizeBytes", plan.estimatedBytes());
    ObjectNode tags = json.putObject("tags");
    plan.options().tags().forEach(tags::put);
    plan.options().deleteAfter().ifPresent(age -> json.put("deleteAfterSeconds", age.toSeconds()));
    json.set("table", table(plan.table()));
    return json;
  }

  private static OnDemandPlan fromJson(JsonNode node) {
    JsonFields json = new JsonFields("on-demand backup", node);
    Optional<Duration> deleteAfter =
        json.optionalNumber("deleteAfterSeconds").stream()
            .mapToObj(Duration::ofSeconds)
            .findFirst();
    return new OnDemandPlan(
        TableDefinitionParser.read(json.object("table").node()),
        new BackupName(json.text("backupName")),
        json.number("itemCount"),
        json.number("tableSizeBytes"),
        new OnDemandOptions(json.text("namePrefix"), json.textMap("tags"), deleteAfter));
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
