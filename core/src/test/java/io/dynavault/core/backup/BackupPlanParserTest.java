// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.capacity.CapacityBudget;
import io.dynavault.core.scan.ScanQuery;
import io.dynavault.core.table.TestingTables;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.export.Codec;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A resumed run does what was planned: nothing of a plan may get lost in the journal. */
class BackupPlanParserTest {
  private static final RecoveryPointId ID = new RecoveryPointId("01795253400123-0a1b2c3d");

  @ParameterizedTest
  @ValueSource(strings = {"800", "50%", "unlimited", "0.25"})
  void aPlanWithEverythingSurvivesTheJournal(String capacity) {
    ScanQuery query =
        new ScanQuery(
            "orders",
            true,
            Optional.of("#s = :s"),
            Optional.of("pk, #s"),
            Optional.of("{\"#s\":\"status\"}"),
            Optional.of("{\":s\":{\"S\":\"\\u00e9\"}}"));
    BackupOptions options =
        new BackupOptions(
            7,
            Optional.of(CapacityBudget.parse(capacity)),
            OutputFormat.ION,
            Codec.of(Compression.ZSTD, 19),
            12_345,
            Map.of("reason", "test"),
            Optional.of(Duration.ofDays(30)));
    assertSurvives(
        new BackupPlan(
            ID, TestingTables.everything(), query, options, 99, OptionalDouble.of(2.5), 10, 2_000));
  }

  @Test
  void aPlanWithDefaultsSurvivesTheJournal() {
    BackupOptions options =
        new BackupOptions(
            1,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Codec.of(Compression.GZIP),
            BackupOptions.DEFAULT_FILE_BYTES,
            Map.of(),
            Optional.empty());
    assertSurvives(
        new BackupPlan(
            ID,
            TestingTables.everything(),
            ScanQuery.all("orders", false),
            options,
            1,
            OptionalDouble.empty(),
            0,
            0));
  }

  private static void assertSurvives(BackupPlan plan) {
    assertThat(BackupPlanParser.fromJson(BackupPlanParser.toJson(plan))).isEqualTo(plan);
  }
}
