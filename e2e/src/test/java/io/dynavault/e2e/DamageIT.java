// SPDX-License-Identifier: Apache-2.0
package io.dynavault.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dynavault.testing.table.AirportsTable;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody or something has done to the files of a vault, and what is said about it. */
class DamageIT {
  @RegisterExtension final Sandbox sandbox = new Sandbox();

  private LiveTable table;
  private Path dataFile;

  @BeforeEach
  void backUp() throws InterruptedException {
    table = Sandbox.airports();
    sandbox.createVault();
    sandbox.backUp(table);
    dataFile = file("/data/");
  }

  @Test
  void aVaultThatNobodyTouchedIsSound() {
    assertThat(sandbox.run("verify").succeeds().out())
        .endsWith("sound: 1 export at level data, 0 errors, 0 warnings, 0 notes\n");
    assertThat(sandbox.run("gc").succeeds().out()).isEqualTo("nothing to remove\n");
  }

  @Test
  @Tag("G2")
  void aFlippedByteIsFoundAndNothingIsRestoredFromIt() throws IOException {
    byte[] bytes = Files.readAllBytes(dataFile);
    bytes[bytes.length / 2] ^= 1;
    Files.write(dataFile, bytes);

    Finished verify = sandbox.run("verify");

    assertThat(verify.exits(4).out())
        .contains("error: " + inVault(dataFile))
        .contains("  remedy: ")
        .doesNotContain("read again")
        .containsPattern("damaged: 1 export at level data, [1-9]\\d* errors?, 0 warnings");
    JsonNode json = sandbox.run("verify", "--level", "checksums", "--json").exits(4).json();
    assertThat(json.path("sound").booleanValue()).isFalse();
    assertThat(json.at("/exports/0/findings/0/key").textValue()).isEqualTo(inVault(dataFile));
    LiveTable target = sandbox.made(Sandbox.newName());
    Finished restore = sandbox.run("restore", "--target-table", target.name());
    assertThat(restore.exits(4).err()).contains(inVault(dataFile)).contains("\nHINT: ");
  }

  @Test
  void aTableIsNotClearedForADamagedRecoveryPoint() throws IOException {
    LiveTable other = sandbox.fill(new AirportsTable(Sandbox.newName(), 100));
    truncate();

    Finished restore =
        sandbox.run(
            "restore", "--target-table", other.name(), "--on-conflict", "clear", "--confirm");

    assertThat(restore.exits(4).err()).startsWith("error: unable to ").contains("\nHINT: ");
    assertThat(other.contents()).hasSize(100);
  }

  @Test
  void aTruncatedFileIsNamed() throws IOException {
    truncate();

    assertThat(sandbox.run("verify", "--level", "structure").exits(4).out())
        .contains("error: " + inVault(dataFile) + ": the file has 100 bytes, in the record ");
  }

  @Test
  @Tag("G2")
  void aMissingFileIsNamedBeforeATableIsCreated() throws IOException {
    Files.delete(dataFile);

    assertThat(sandbox.run("verify").exits(4).out())
        .contains("error: " + inVault(dataFile) + ": the file is missing\n");
    assertThat(sandbox.run("restore", "--target-table", "not-made").exits(4).err())
        .contains(inVault(dataFile));
    assertThat(LiveTable.of(Sandbox.endpoint(), "not-made").exists()).isFalse();
  }

  @Test
  void aManifestThatPointsOutOfTheExportIsRefused() throws IOException {
    Path manifest = file("manifest-files.json");
    Path secret = sandbox.file("secret.json.gz");
    Files.copy(dataFile, secret);
    String name = manifest.getParent() + "/data/" + dataFile.getFileName();
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replace(
            dataFile.getFileName().toString(), "../../../../../../" + secret.getFileName()));
    assertThat(manifest).content().isNotEqualTo(text);
    assertThat(Path.of(name)).exists();

    assertThat(sandbox.run("verify").exits(4).out()).contains("manifest-files.json");
    sandbox.run("restore", "--target-table", "not-made").exits(4);

    // The same files as an export that nothing but its manifests describes.
    Files.delete(manifest.resolveSibling("manifest-files.md5"));
    Finished bare =
        sandbox.run(
            "restore",
            manifest.getParent().toString(),
            "--target-table",
            "not-made",
            "--key-schema",
            "id:N");
    assertThat(bare.exitCode()).isNotZero();
    assertThat(bare.err()).contains("..").contains("\nHINT: ");
    assertThat(LiveTable.of(Sandbox.endpoint(), "not-made").exists()).isFalse();
  }

  @Test
  void aRecordThatIsNoneIsReportedAndHidesNoOther() throws Exception {
    Path record = file("recovery-points/");
    sandbox.backUp(table);
    Files.write(record, "{\"formatVersion\":\"1.0\",".getBytes(UTF_8));

    Finished list = sandbox.run("list");

    assertThat(list.exits(3).out().lines().toList()).hasSize(2);
    assertThat(list.err()).contains(record.getFileName().toString());
    sandbox.run("verify").exits(4);
  }

  private void truncate() throws IOException {
    Files.write(dataFile, Arrays.copyOf(Files.readAllBytes(dataFile), 100));
  }

  private String inVault(Path file) {
    return sandbox.file("vault").relativize(file).toString();
  }

  /** The first file of the vault whose path contains the text. */
  private Path file(String part) {
    List<Path> files = sandbox.files("vault");
    return files.stream().filter(path -> path.toString().contains(part)).findFirst().orElseThrow();
  }
}
