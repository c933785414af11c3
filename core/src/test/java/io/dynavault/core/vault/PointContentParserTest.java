// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.json.StoredJson;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PointContentParserTest {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  private static final RecoveryPoint SCAN = TestingPoints.point("orders", START);
  private static final RecoveryPoint EXPORT = TestingPoints.awsExport("orders", START);
  private static final RecoveryPoint INCREMENTAL = TestingPoints.incremental("orders", START);
  private static final RecoveryPoint ON_DEMAND = TestingPoints.onDemand("orders", START);
  private static final RecoveryPoint AWS_BACKUP =
      TestingPoints.awsBackup(
          "orders", START, "arn:aws:backup:us-east-1:111122223333:recovery-point:1ab2");

  static Stream<RecoveryPoint> everyMethod() {
    return Stream.of(SCAN, EXPORT, INCREMENTAL, ON_DEMAND, AWS_BACKUP);
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void readsWhatItWrites(RecoveryPoint point) {
    assertThat(RecoveryPointParser.read(stored(json(point)))).isEqualTo(point);
  }

  @Test
  void writesTheFieldsOfItsContentAlone() {
    assertThat(json(ON_DEMAND))
        .contains("\"backupArn\":\"arn:aws:dynamodb:us-east-1:111122223333:table/orders/backup/")
        .contains("\"sizeBytes\":4096,\"itemCount\":7")
        .doesNotContain("exportPrefix", "outputFormat", "compression", "files", "window");
    assertThat(json(AWS_BACKUP)).doesNotContain("sizeBytes", "itemCount");
    assertThat(json(SCAN)).doesNotContain("backupArn", "window", "md5Checksum");
    assertThat(json(INCREMENTAL))
        .contains(
            "\"window\":{\"from\":\"2026-11-21T08:30:00Z\",\"to\":\"2026-11-21T09:30:00Z\",\"view\":\"NEW_AND_OLD_IMAGES\"}")
        .contains("\"md5Checksum\":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"method\":\"ON_DEMAND\"|\"method\":\"SCAN\"|'backupArn' does not belong",
        "\"method\":\"ON_DEMAND\"|\"method\":\"ON_DEMAND\",\"files\":[]|'files' does not belong",
        "\"backupArn\":\"arn:aws|\"backupArn\":\"urn:aws|is not an ARN",
        "\"sizeBytes\":4096|\"sizeBytes\":-1|is negative",
        "\"sizeBytes\":4096|\"sizeBytes\":\"4096\"|'sizeBytes'",
        "\"backupArn\"|\"backup\"|'backupArn' is missing"
      })
  void refusesAManagedBackupThatIsNone(String found, String replacement, String fault) {
    refuses(ON_DEMAND, found, replacement, fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"method\":\"EXPORT\"|\"method\":\"AWS_BACKUP\"|'exportPrefix' does not belong",
        "\"method\":\"EXPORT\"|\"method\":\"SCAN\"|method SCAN makes neither windows",
        "\"method\":\"EXPORT\"|\"method\":\"EXPORT\",\"sizeBytes\":1|'sizeBytes' does not belong",
        "\"window\":{\"from\":\"2026-11-21T08|\"window\":{\"from\":\"2026-11-21T10|ends before",
        "\"view\":\"NEW_AND_OLD_IMAGES\"|\"view\":\"OLD_IMAGE\"|'view' is not one",
        "\"window\"|\"windows\"|a file lies outside of exportPrefix",
        "\"md5Checksum\"|\"md5\"|'sha256' is missing",
        "\"sha256\"|\"md5Checksum\":\"kAFQmDzST7DWlj99KOF/cg==\",\"sha256\"|beside 'sha256'"
      })
  void refusesAnIncrementalExportThatIsNone(String found, String replacement, String fault) {
    refuses(INCREMENTAL, found, replacement, fault);
  }

  private static void refuses(RecoveryPoint point, String found, String replacement, String fault) {
    assertThat(json(point)).contains(found);
    assertThat(
            failure(
                ErrorCode.DAMAGED,
                () -> RecoveryPointParser.read(stored(json(point).replace(found, replacement)))))
        .hasMessageContaining(fault);
  }

  /** The record without its seal. */
  private static String json(RecoveryPoint point) {
    String sealed = new String(RecoveryPointParser.write(point), UTF_8);
    return sealed.substring(0, sealed.indexOf(",\"recordSha256\"")) + "}";
  }

  private static StoredJson stored(String json) {
    byte[] content = RecordSeal.seal(json.getBytes(UTF_8));
    String key = ObjectKeys.recoveryPoint("orders", SCAN.id().value());
    return new StoredJson(new ObjectInfo(key, content.length, Instant.EPOCH, "1"), content);
  }
}
