// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dynavault.format.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports made by hand, valid and invalid: see the README beside them. */
class GoldenExportTest {
  private static final FolderSource VALID = FolderSource.ofResource("/golden/export/valid");
  private static final FolderSource INVALID = FolderSource.ofResource("/golden/export/invalid");

  @ParameterizedTest
  @MethodSource("validCases")
  void readsAndVerifies(String name) throws IOException {
    Path root = VALID.root().resolve(name);

    List<String> items = items(new FolderSource(root));

    assertThat(items).isEqualTo(Files.readAllLines(root.resolve("items.txt"), UTF_8));
  }

  @ParameterizedTest
  @MethodSource("invalidCases")
  void refuses(String name, String expectedError) {
    FolderSource source = new FolderSource(INVALID.root().resolve(name));

    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> items(source))
        .withMessageContaining(expectedError)
        .withMessageStartingWith("unable to read ");
  }

  @Test
  void everyInvalidCaseHasAnExpectedError() throws IOException {
    List<String> expected = invalidCases().map(arguments -> arguments[0].toString()).toList();

    assertThat(folders(INVALID)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void notesWhatIsUnusual() throws IOException {
    Map<String, List<String>> notes =
        folders(VALID).stream().collect(Collectors.toMap(name -> name, GoldenExportTest::notes));

    assertThat(notes.remove("full-without-checksum-files"))
        .containsExactly(
            "manifest-summary.json has no checksum file; it could not be verified",
            "manifest-files.json has no checksum file; it could not be verified");
    assertThat(notes.remove("full-with-fields-of-a-later-version"))
        .containsExactly("manifest-summary.json has the unknown version '2031-01-01'");
    assertThat(notes.values()).isNotEmpty().allSatisfy(list -> assertThat(list).isEmpty());
  }

  private static List<String> notes(String name) {
    try {
      FolderSource source = new FolderSource(VALID.root().resolve(name));
      return ExportReader.read(source, source.folderOf("_started")).notes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> items(FolderSource source) throws IOException {
    Export export = ExportReader.read(source, source.folderOf("_started"));
    List<String> items = new ArrayList<>();
    for (ExportFile file : export.files()) {
      try (InputStream stored = source.open(file.key()).orElseThrow();
          DataFileReader reader = open(export, stored, file)) {
        while (reader.next()) {
          items.add(new String(reader.array(), reader.itemOffset(), reader.itemLength(), UTF_8));
        }
      }
    }
    return items;
  }

  private static DataFileReader open(Export export, InputStream stored, ExportFile file)
      throws IOException {
    return switch (export.summary().span().exportType()) {
      case FULL_EXPORT -> DataFileReader.open(stored, file);
      case INCREMENTAL_EXPORT -> DataFileReader.openRecords(stored, file);
    };
  }

  static Stream<String> validCases() throws IOException {
    return folders(VALID).stream();
  }

  static Stream<Object[]> invalidCases() throws IOException {
    Path errors = INVALID.root().resolve("expected-errors.txt");
    return Files.readAllLines(errors, UTF_8).stream().map(line -> (Object[]) line.split(": ", 2));
  }

  private static List<String> folders(FolderSource source) throws IOException {
    try (Stream<Path> files = Files.list(source.root())) {
      return files
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
