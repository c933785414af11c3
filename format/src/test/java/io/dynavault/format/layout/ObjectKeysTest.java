// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 2);
  private static final String ID = "01767323045678-0a1b2c3d";

  @Test
  void placesAVaultsObjects() {
    assertThat(ObjectKeys.vault()).isEqualTo("vault.json");
    assertThat(ObjectKeys.recoveryPoint("Orders", ID))
        .isEqualTo("recovery-points/Orders/" + ID + ".json")
        .startsWith(ObjectKeys.recoveryPoints("Orders"))
        .startsWith(ObjectKeys.recoveryPoints());
    assertThat(ObjectKeys.dayManifest(DAY)).isEqualTo("2026-01-02/manifest.json");
    assertThat(ObjectKeys.export(DAY, "Orders", ID).folder())
        .isEqualTo("2026-01-02/Orders/AWSDynamoDB/" + ID)
        .startsWith(ObjectKeys.day(DAY));
  }

  @Test
  void separatesTablesWhoseNamesBeginAlike() {
    String other = ObjectKeys.recoveryPoint("Orders2", ID);

    assertThat(other).doesNotStartWith(ObjectKeys.recoveryPoints("Orders"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "...", "a.b-c_D9", "recovery-points", "AWSDynamoDB", "data"})
  void takesEveryNameThatDynamoDbTakes(String table) {
    String record = ObjectKeys.recoveryPoint(table, ID);
    String file = ObjectKeys.export(DAY, table, ID).dataFile("x.json.gz");

    assertThat(ObjectKeys.isTableName(table)).isTrue();
    assertThat(ObjectKeys.parseRecoveryPoint(record)).contains(new RecoveryPointKey(table, ID));
    assertThat(ObjectKeys.parseExport(file)).contains(new VaultExportKey(DAY, table, ID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "Manifest.JSON"})
  void keepsATableApartFromTheListOfTheDay(String table) {
    ExportLayout layout = ObjectKeys.export(DAY, table, ID);

    assertThat(layout.folder().toLowerCase(Locale.ROOT))
        .doesNotStartWith(ObjectKeys.dayManifest(DAY));
    assertThat(ObjectKeys.parseExport(layout.started()))
        .contains(new VaultExportKey(DAY, table, ID))
        .get()
        .extracting(VaultExportKey::layout)
        .isEqualTo(layout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "ab",
        "../x",
        "a/b",
        "/etc",
        "a\\b",
        "a b",
        "a%2e",
        "C:x",
        "tabelle-ä",
        "a\0b",
        "abc\n",
        "..\u2024",
        "~manifest.json"
      })
  void refusesNamesThatDynamoDbRefuses(String table) {
    assertThat(ObjectKeys.isTableName(table)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectKeys.recoveryPoints(table));
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectKeys.recoveryPoint(table, ID));
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectKeys.export(DAY, table, ID));
  }

  @Test
  void refusesATableNameOf256Characters() {
    assertThat(ObjectKeys.isTableName("x".repeat(255))).isTrue();
    assertThat(ObjectKeys.isTableName("x".repeat(256))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "a/b", "x\n", "01767323045678-0A1B2C3D"})
  void refusesWhatIsNotAnId(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectKeys.recoveryPoint("Orders", id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault.json",
        "recovery-points/Orders",
        "recovery-points/Orders/.json",
        "recovery-points/Orders/1.json.tmp",
        "recovery-points/../1.json",
        "recovery-points/a/b/1.json",
        "x/recovery-points/Orders/1.json"
      })
  void findsNoRecordInOtherKeys(String key) {
    assertThat(ObjectKeys.parseRecoveryPoint(key)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02/manifest.json",
        "2026-01-02/Orders/AWSDynamoDB/" + ID,
        "2026-13-02/Orders/AWSDynamoDB/" + ID + "/_started",
        "2026-01-02/../AWSDynamoDB/" + ID + "/_started",
        "2026-01-02/Orders/AWSDynamoDB/data/x.json.gz",
        "2026-01-02/Orders/Other/" + ID + "/_started",
        "recovery-points/Orders/AWSDynamoDB/" + ID + "/_started"
      })
  void findsNoExportInOtherKeys(String key) {
    assertThat(ObjectKeys.parseExport(key)).isEmpty();
  }

  @Test
  void findsTheDayOfADaysList() {
    assertThat(ObjectKeys.parseDayManifest("2026-01-02/manifest.json")).contains(DAY);
    assertThat(ObjectKeys.parseDayManifest("2026-02-30/manifest.json")).isEmpty();
    assertThat(ObjectKeys.parseDayManifest("2026-01-02/Orders/manifest.json")).isEmpty();
    assertThat(ObjectKeys.parseDayManifest("manifest.json")).isEmpty();
  }
}
