// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.layout.ObjectKeys;
import org.junit.jupiter.api.Test;

class RecordSealTest {
  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T09:30:00Z");
  private final String key = ObjectKeys.recoveryPoint("orders", point.id().value());
  private final String record = new String(RecoveryPointParser.write(point), UTF_8);

  @Test
  void isTheSha256OfEverythingBeforeIt() {
    int seal = record.indexOf(",\"recordSha256\":\"");
    String expected = TestingPoints.sha256(record.substring(0, seal).getBytes(UTF_8));
    assertThat(record.substring(seal)).isEqualTo(",\"recordSha256\":\"" + expected + "\"}");
    put(record);
    assertThat(read().point()).isEqualTo(point);
  }

  @Test
  void aRecordThatWasEditedIsDamaged() {
    put(record.replace("\"toolVersion\":\"0.1.0\"", "\"toolVersion\":\"0.1.1\""));
    assertThat(failure(ErrorCode.DAMAGED, this::read))
        .hasMessageContaining(key)
        .hasMessageContaining("recordSha256");
  }

  @Test
  void aRecordWithoutItIsDamaged() {
    put(record.substring(0, record.indexOf(",\"recordSha256\"")) + "}");
    failure(ErrorCode.DAMAGED, this::read);
  }

  @Test
  void nothingMayFollowIt() {
    put(record + "\n");
    failure(ErrorCode.DAMAGED, this::read);
  }

  private CatalogEntry read() {
    return testing.vault.catalog().get("orders", point.id()).orElseThrow();
  }

  private void put(String content) {
    testing.memory.put(key, content.getBytes(UTF_8));
  }
}
