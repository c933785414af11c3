// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dynavault.format.FormatException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFileKeysTest {
  private static final String ID = "01767323045678-0a1b2c3d";
  private static final DataFileKeys AT_ROOT = keys("AWSDynamoDB/" + ID);

  @ParameterizedTest
  @CsvSource({
    // the export's folder, the key in the manifest, the key where the file is
    "AWSDynamoDB/ID, AWSDynamoDB/ID/data/f.json.gz, AWSDynamoDB/ID/data/f.json.gz",
    "AWSDynamoDB/ID, a/b/AWSDynamoDB/ID/data/f.json.gz, AWSDynamoDB/ID/data/f.json.gz",
    "x/AWSDynamoDB/ID, AWSDynamoDB/ID/data/f.json.gz, x/AWSDynamoDB/ID/data/f.json.gz",
    "x/AWSDynamoDB/ID, AWSDynamoDB/AWSDynamoDB/ID/data/f, x/AWSDynamoDB/ID/data/f",
    "x/copy, a b//ü/AWSDynamoDB/ID/data/f.json.gz, x/copy/data/f.json.gz",
    "'', a/AWSDynamoDB/ID/data/f.json.gz, data/f.json.gz",
    "AWSDynamoDB/ID, a/AWSDynamoDB/data/f.json.gz, AWSDynamoDB/data/f.json.gz",
    "x/AWSDynamoDB/ID, AWSDynamoDB/data/f.json.gz, x/AWSDynamoDB/data/f.json.gz"
  })
  void findsAFileWhereTheExportIsNow(String folder, String key, String expected) {
    String found = keys(folder.replace("ID", ID)).resolve(key.replace("ID", ID));

    assertThat(found).isEqualTo(expected.replace("ID", ID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "..",
        "AWSDynamoDB",
        "AWSDynamoDB/",
        "AWSDynamoDB/ID",
        "AWSDynamoDB/ID/",
        "AWSDynamoDB/ID/..",
        "AWSDynamoDB/ID/../f",
        "AWSDynamoDB/ID/data/..",
        "AWSDynamoDB/ID/data/../../../f",
        "AWSDynamoDB/ID/./f",
        "AWSDynamoDB/../f",
        "AWSDynamoDB/../AWSDynamoDB/ID/data/f",
        "../AWSDynamoDB/ID/data/f",
        "a/../../AWSDynamoDB/ID/data/f",
        "/AWSDynamoDB/ID/data/f",
        "//host/AWSDynamoDB/ID/data/f",
        "AWSDynamoDB//ID/data/f",
        "AWSDynamoDB/ID//f",
        "AWSDynamoDB/ID/data/",
        "AWSDynamoDB\\ID\\data\\f",
        "AWSDynamoDB/ID/data/..\\..\\f",
        "AWSDynamoDB/ID/data/%2e%2e/f",
        "AWSDynamoDB/ID/data/%2E%2E%2Ff",
        "AWSDynamoDB/ID/data/%252e%252e",
        "%2e%2e/AWSDynamoDB/ID/data/f",
        "AWSDynamoDB/ID/data/f\0.gz",
        "AWSDynamoDB/ID/data/f\n",
        "AWSDynamoDB/ID/data/\u001b[2J",
        "AWSDynamoDB/ID/data/\u2024\u2024/f",
        "AWSDynamoDB/ID/data/\uff0e\uff0e/f",
        "AWSDynamoDB/ID/data/\u202ef",
        "AWSDynamoDB/ID/data/C:f",
        "C:/AWSDynamoDB",
        "AWSDynamoDB/ID/data/f:stream",
        "AWSDynamoDB/ID/data/~/f",
        "AWSDynamoDB/ID/data/$HOME",
        "AWSDynamoDB/ID/data/f?versionId=1",
        "AWSDynamoDB/ID/data/ f",
        "AWSDynamoDB/data/../f",
        "AWSDynamoDB/data",
        "AWSDynamoDB/01767323045678-ffffffff/data/f",
        "awsdynamodb/ID/data/f",
        "MyAWSDynamoDB/ID/data/f",
        "etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "s3://other/AWSDynamoDB",
        "vault.json"
      })
  void refusesEveryKeyThatAwsWouldNotWrite(String key) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> AT_ROOT.resolve(key.replace("ID", ID)))
        .withMessageStartingWith("the data file's key '");
  }

  @Test
  void refusesNamesThatNoStoreCanHold() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> AT_ROOT.resolve("AWSDynamoDB/" + ID + "/data/" + "x".repeat(256)));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> AT_ROOT.resolve("x/".repeat(600) + "AWSDynamoDB/" + ID + "/data/f"));
  }

  @Test
  void takesALeadingSlashFromAnExportWhosePrefixHasOne() {
    DataFileKeys keys = new DataFileKeys("AWSDynamoDB/" + ID, Set.of(ID), true);

    assertThat(keys.resolve("/foo/AWSDynamoDB/" + ID + "/data/f"))
        .isEqualTo("AWSDynamoDB/" + ID + "/data/f");
  }

  @Test
  void missesTheSharedFolderWhereItWasNotCopiedAlong() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> keys("copy").resolve("AWSDynamoDB/data/f.json.gz"))
        .withMessageEndingWith("which was not copied along");
  }

  private static DataFileKeys keys(String folder) {
    return new DataFileKeys(folder, Set.of(ID), false);
  }
}
