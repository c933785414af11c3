// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportReaderTest {
  private static final String FOLDER = "nightly/orders/AWSDynamoDB/01767323045678-0a1b2c3d";

  private final FolderSource source =
      FolderSource.ofResource("/golden/export/valid/full-as-aws-writes");

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/manifest-summary.json", "/manifest-files.json"})
  void takesTheFolderOrAManifestAsTheLocation(String end) throws IOException {
    Export export = ExportReader.read(source, FOLDER + end);

    assertThat(export.folder()).isEqualTo(FOLDER);
    assertThat(export.files()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest-summary.json",
        "manifest-summary.md5",
        "manifest-files.json",
        "manifest-files.md5"
      })
  void takesAnObjectThatCannotBeReachedNotForMissing(String name) {
    ExportSource failing =
        key -> {
          if (key.endsWith(name)) {
            throw new IOException("connection reset");
          }
          return source.open(key);
        };

    assertThatThrownBy(() -> ExportReader.read(failing, FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  @Test
  void readsEachObjectOnceAndNoDataFile() throws IOException {
    List<String> opened = new ArrayList<>();
    ExportSource counting =
        key -> {
          opened.add(key.substring(FOLDER.length() + 1));
          return source.open(key);
        };

    ExportReader.read(counting, FOLDER);

    assertThat(opened)
        .containsExactly(
            "manifest-summary.json",
            "manifest-summary.md5",
            "manifest-files.json",
            "manifest-files.md5");
  }

  @Test
  void boundsASummaryWithoutEnd() {
    MemoryExport export = new MemoryExport();
    export.put("x/manifest-summary.json", new byte[2 * 1024 * 1024]);

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ExportReader.read(export, "x"))
        .withMessage(
            "unable to read export 'x': manifest-summary.json is longer than 1048576 bytes");
  }

  @Test
  void saysThatAnExportIsNotAtThePlace() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ExportReader.read(source, "nightly/AWSDynamoDB/x\nforged line"))
        .withMessage(
            "unable to read export 'nightly/AWSDynamoDB/x\\u000aforged line':"
                + " manifest-summary.json is missing: the export is not complete, or not at this"
                + " place");
  }

  @Test
  void ignoresWhiteSpaceAroundAChecksum() throws IOException {
    MemoryExport export = new MemoryExport();
    for (String name : List.of("manifest-summary.json", "manifest-files.json")) {
      byte[] content = source.open(FOLDER + "/" + name).orElseThrow().readAllBytes();
      export.put(name, content);
      String md5 = "\n " + StoredDigest.md5Base64(content) + "\r\n";
      export.put(name.replace(".json", ".md5"), md5.getBytes(UTF_8));
    }

    assertThat(ExportReader.read(export, "").notes()).isEmpty();
  }
}
