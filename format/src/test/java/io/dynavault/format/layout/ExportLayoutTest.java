// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportLayoutTest {
  private static final String ID = "01767323045678-0a1b2c3d";

  @Test
  void placesTheObjectsOfAnExportAsAws() {
    ExportLayout layout = new ExportLayout("a/b/c", ID);

    String folder = "a/b/c/AWSDynamoDB/01767323045678-0a1b2c3d";
    assertThat(layout.folder()).isEqualTo(folder);
    assertThat(layout.started()).isEqualTo(folder + "/_started");
    assertThat(layout.dataFile("x.json.gz")).isEqualTo(folder + "/data/x.json.gz");
    assertThat(layout.sharedDataFile("x.json.gz")).isEqualTo("a/b/c/AWSDynamoDB/data/x.json.gz");
    assertThat(layout.manifestFiles()).isEqualTo(folder + "/manifest-files.json");
    assertThat(layout.manifestFilesMd5()).isEqualTo(folder + "/manifest-files.md5");
    assertThat(layout.manifestSummary()).isEqualTo(folder + "/manifest-summary.json");
    assertThat(layout.manifestSummaryMd5()).isEqualTo(folder + "/manifest-summary.md5");
  }

  @Test
  void beginsWithoutASlashWhereThereIsNoPrefix() {
    assertThat(new ExportLayout("", ID).started()).isEqualTo("AWSDynamoDB/" + ID + "/_started");
  }

  @Test
  void doublesNoSlash() {
    assertThat(new ExportLayout("foo/", ID)).isEqualTo(new ExportLayout("foo", ID));
  }

  @Test
  void isSeenFromTheRootOfTheBucket() {
    ExportLayout layout = new ExportLayout("day/table", ID);

    assertThat(layout.under("vaults/main/").folder())
        .isEqualTo("vaults/main/day/table/AWSDynamoDB/" + ID);
    assertThat(layout.under("")).isEqualTo(layout);
    assertThat(new ExportLayout("", ID).under("x").folder()).isEqualTo("x/AWSDynamoDB/" + ID);
  }

  @ParameterizedTest
  @CsvSource({
    "AWSDynamoDB/01767323045678-0a1b2c3d, ''",
    "AWSDynamoDB/01767323045678-0a1b2c3d/, ''",
    "a/b/AWSDynamoDB/01767323045678-0a1b2c3d, a/b",
    "a/b/AWSDynamoDB/01767323045678-0a1b2c3d/manifest-summary.json, a/b",
    "a/b/AWSDynamoDB/01767323045678-0a1b2c3d/manifest-files.json, a/b",
    "AWSDynamoDB/AWSDynamoDB/01767323045678-0a1b2c3d, AWSDynamoDB",
    "/a/AWSDynamoDB/01767323045678-0a1b2c3d, /a"
  })
  void findsPrefixAndIdInALocation(String location, String prefix) {
    assertThat(ExportLayout.parse(location)).contains(new ExportLayout(prefix, ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AWSDynamoDB",
        "AWSDynamoDB/",
        "AWSDynamoDB/data",
        "AWSDynamoDB/..",
        "a/b",
        "manifest-summary.json",
        "AWSDynamoDB/01767323045678-0a1b2c3d/data/x.json.gz",
        "MyAWSDynamoDB/01767323045678-0a1b2c3d"
      })
  void findsNothingInOtherKeys(String location) {
    assertThat(ExportLayout.parse(location)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a/copy/manifest-summary.json, a/copy",
    "a/copy/, a/copy",
    "a/copy, a/copy",
    "manifest-summary.json, ''",
    "'', ''"
  })
  void findsTheFolderThatSomebodyMeans(String location, String folder) {
    assertThat(ExportLayout.folderOf(location)).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "..", "a/b", "-x", "a b"})
  void refusesWhatIsNoId(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ExportLayout("", id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "../x.json.gz", "a\\b"})
  void refusesDataFilesOutsideTheirFolder(String name) {
    ExportLayout layout = new ExportLayout("", ID);

    assertThatIllegalArgumentException().isThrownBy(() -> layout.dataFile(name));
    assertThatIllegalArgumentException().isThrownBy(() -> layout.sharedDataFile(name));
  }
}
