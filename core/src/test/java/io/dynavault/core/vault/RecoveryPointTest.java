// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryPointTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");

  private final RecoveryPoint scan = TestingPoints.point("orders", START);
  private final RecoveryPoint export = TestingPoints.awsExport("orders", START);
  private final RecoveryPoint incremental = TestingPoints.incremental("orders", START);
  private final RecoveryPoint onDemand = TestingPoints.onDemand("orders", START);

  @Test
  void handsOutTheExportThatItsFilesAre() {
    assertThat(scan.export()).isSameAs(scan.content());
    assertThat(incremental.export()).isSameAs(incremental.content());
    assertThat(scan.fullExport()).isSameAs(scan.content());
  }

  @Test
  void aManagedBackupHasNoFilesAndSaysWhatToDoInstead() {
    assertThat(onDemand.files()).isEmpty();
    assertThat(onDemand.storedBytes()).isEqualTo(4_096);
    assertThat(failure(ErrorCode.UNSUPPORTED, onDemand::export))
        .hasMessageContaining(onDemand.id().value())
        .hasMessageContaining("ON_DEMAND");
    assertThat(failure(ErrorCode.UNSUPPORTED, onDemand::fullExport).hint()).contains("restore it");
  }

  @Test
  void changesAreNoTable() {
    assertThat(incremental.isIncremental()).isTrue();
    assertThat(export.isIncremental()).isFalse();
    assertThat(onDemand.isIncremental()).isFalse();
    assertThat(failure(ErrorCode.UNSUPPORTED, incremental::fullExport))
        .hasMessageContaining("changes of a window");
  }

  @Test
  void theFolderOfAnExportOfItsOwnIdIsItsOwn() {
    assertThat(scan.ownsFolder()).isTrue();
    assertThat(export.ownsFolder()).isTrue();
    assertThat(incremental.ownsFolder()).isTrue();
    assertThat(onDemand.ownsFolder()).isFalse();
    assertThat(TestingPoints.sameExport(export, START.plusSeconds(1)).ownsFolder()).isFalse();
  }

  @Test
  void itsMethodMakesItsContent() {
    refuses(onDemand, scan);
    refuses(scan, onDemand);
    refuses(onDemand, export);
    refuses(scan, incremental);
    refuses(scan, export); // checksums of AWS
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "backup", "arn:aws:dynamodb", "arn:aws:dynamodb:us-east-1:1:a b"})
  void aManagedBackupIsNamedByAnArn(String arn) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ManagedBackup(arn, OptionalLong.empty(), OptionalLong.empty()));
  }

  private static void refuses(RecoveryPoint of, RecoveryPoint withContentOf) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RecoveryPoint(
                    of.id(),
                    of.method(),
                    of.table(),
                    of.startTime(),
                    of.endTime(),
                    withContentOf.content(),
                    of.consistency(),
                    of.filtered(),
                    of.deleteAfter(),
                    of.tags(),
                    of.toolVersion()))
        .withMessageStartingWith("method " + of.method());
  }
}
