// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.notify.Failure;
import io.dynavault.core.notify.Notification;
import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import io.dynavault.core.notify.TableLine;
import io.dynavault.core.notify.TestingNotifications;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunMetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T02:03:12Z");
  private static final Map<String, String> NO_DIMENSIONS = Map.of();

  @Test
  void aBackupHasItsFiguresByTableAndByVaultAndTable() {
    RunMetrics metrics =
        new RunMetrics(
            backup(TestingNotifications.good("orders")),
            Map.of("orders", Optional.of(NOW.minusSeconds(192))),
            NO_DIMENSIONS);

    assertThat(metrics.lines(NOW))
        .containsExactly(
            """
            {"_aws":{"Timestamp":1795226592000,"CloudWatchMetrics":[{"Namespace":"Dynavault",\
            "Dimensions":[[],["TableName"],["TableName","Vault"]],"Metrics":[\
            {"Name":"BackupSuccesses","Unit":"Count"},{"Name":"BackupFailures","Unit":"Count"},\
            {"Name":"ItemCount","Unit":"Count"},{"Name":"ItemBytes","Unit":"Bytes"},\
            {"Name":"StoredBytes","Unit":"Bytes"},{"Name":"DurationSeconds","Unit":"Seconds"},\
            {"Name":"NewestRecoveryPointAge","Unit":"Seconds"},\
            {"Name":"TablesWithoutRecoveryPoint","Unit":"Count"}]}]},\
            "TableName":"orders","Vault":"nightly","Operation":"BACKUP","Outcome":"SUCCESS",\
            "BackupSuccesses":1,"BackupFailures":0,"RecoveryPointId":"01715685260608-c488b4e1",\
            "ItemCount":1234,"ItemBytes":5872026,"StoredBytes":987654,"DurationSeconds":12.3,\
            "NewestRecoveryPointAge":192.0,"TablesWithoutRecoveryPoint":0}\
            """);
  }

  /** The rules of the specification that a machine can check. */
  @Test
  void everyLineKeepsTheRulesOfTheFormat() {
    RunMetrics metrics =
        new RunMetrics(
            backup(TestingNotifications.good("orders"), TestingNotifications.bad("customers")),
            Map.of("orders", Optional.of(NOW), "never", Optional.empty()),
            Map.of("Environment", "prod"));

    assertThat(metrics.lines(NOW)).hasSize(3).allSatisfy(RunMetricsTest::assertKeepsTheRules);
  }

  private static void assertKeepsTheRules(String line) {
    assertThat(line).doesNotContain("\n");
    JsonNode root = json(line);
    assertThat(root.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    JsonNode directive = root.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.path("Metrics").size()).isBetween(1, 100);
    for (JsonNode metric : directive.path("Metrics")) {
      assertThat(root.path(metric.path("Name").asText()).isNumber()).as(metric.toString()).isTrue();
      assertThat(metric.path("Unit").asText()).isIn("Count", "Bytes", "Seconds");
    }
    for (JsonNode set : directive.path("Dimensions")) {
      assertThat(set.size()).isLessThanOrEqualTo(30);
      set.forEach(name -> assertThat(root.path(name.asText()).asText()).isNotBlank());
    }
  }

  @Test
  @Tag("F19")
  void aTableWhoseBackupFailedStillHasAnAge() {
    RunMetrics metrics =
        new RunMetrics(
            backup(TestingNotifications.bad("orders")),
            Map.of("orders", Optional.of(NOW.minus(Duration.ofHours(26)))),
            NO_DIMENSIONS);

    JsonNode line = json(metrics.lines(NOW).get(0));
    assertThat(line.path("BackupFailures").asInt()).isOne();
    assertThat(line.path("BackupSuccesses").asInt()).isZero();
    assertThat(line.path("NewestRecoveryPointAge").asDouble()).isEqualTo(93_600);
  }

  @Test
  @Tag("F19")
  void aTableThatWasNeverBackedUpIsCounted() {
    RunMetrics metrics =
        new RunMetrics(
            backup(TestingNotifications.bad("orders")),
            Map.of("orders", Optional.empty()),
            NO_DIMENSIONS);

    JsonNode line = json(metrics.lines(NOW).get(0));
    assertThat(line.has("NewestRecoveryPointAge")).isFalse();
    assertThat(line.path("TablesWithoutRecoveryPoint").asInt()).isOne();
  }

  @Test
  void theDimensionsOfTheRunStandAloneForItsAlarms() {
    RunMetrics metrics =
        new RunMetrics(
            backup(TestingNotifications.good("orders")), Map.of(), Map.of("Environment", "prod"));

    JsonNode line = json(metrics.lines(NOW).get(0));
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions"))
        .hasToString("[[\"Environment\"],[\"TableName\"],[\"TableName\",\"Vault\"]]");
    assertThat(line.path("Environment").asText()).isEqualTo("prod");
  }

  @Test
  void aRunThatFailsBeforeItsTablesAreKnownIsAFailure() {
    Notification failed =
        Notification.failed(
            TestingNotifications.run(Operation.BACKUP),
            List.of(),
            new Failure("VAULT_NOT_FOUND", "there is no vault", ""));

    JsonNode line = json(new RunMetrics(failed, Map.of(), NO_DIMENSIONS).lines(NOW).get(0));

    assertThat(line.path("BackupFailures").asInt()).isOne();
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[]]");
  }

  @Test
  @Tag("G12")
  void aRestoreTestIsCountedAsOne() {
    Notification test =
        Notification.of(
            TestingNotifications.run(Operation.RESTORE_TEST),
            List.of(TableLine.of("orders", Result.PARTIAL).withItems(5, 50)));

    JsonNode line = json(new RunMetrics(test, Map.of(), NO_DIMENSIONS).lines(NOW).get(0));

    assertThat(line.path("RestoreTestFailures").asInt()).isOne();
    assertThat(line.has("ItemCount")).as("figures of backups only").isFalse();
  }

  @Test
  void valuesOfDimensionsAreAscii() {
    Notification run =
        Notification.of(
            new Notification.Run(
                Operation.BACKUP,
                Optional.of(" täglich\n"),
                TestingNotifications.STARTED,
                Duration.ZERO,
                "0.1.0"),
            List.of(TestingNotifications.good("orders")));

    JsonNode line = json(new RunMetrics(run, Map.of(), NO_DIMENSIONS).lines(NOW).get(0));
    assertThat(line.path("Vault").asText()).isEqualTo("t?glich?");
  }

  private static Notification backup(TableLine... lines) {
    return Notification.of(TestingNotifications.run(Operation.BACKUP), List.of(lines));
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
