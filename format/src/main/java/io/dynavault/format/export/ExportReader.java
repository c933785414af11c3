// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.format.FormatException;
import io.dynavault.format.layout.ExportLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the manifests of an export, written by AWS or by {@link ExportWriter}, wherever it was
 * copied to, and checks all that can be checked without reading a data file. Each data file is then
 * read and verified by {@link DataFileReader#open(InputStream, ExportFile)}.
 *
 * <p>A defect is a {@link FormatException} that names the export and the object; what the source
 * throws passes through.
 */
public final class ExportReader {
  private static final int MAX_SUMMARY = 1024 * 1024;

  /** Two hundred thousand data files: at 10 GB a partition, a table of 2 PB. */
  private static final int MAX_FILES = 64 * 1024 * 1024;

  private static final int MAX_CHECKSUM = 4 * 1024;
  private static final Set<String> KNOWN_VERSIONS = Set.of("2020-06-30", "2023-08-01");

  private final ExportSource source;
  private final String folder;
  private final List<String> notes = new ArrayList<>();

  private ExportReader(ExportSource source, String folder) {
    this.source = source;
    this.folder = folder;
  }

  /**
   * Reads an export.
   *
   * @param location key of the export's folder or of its manifest-summary.json below the source's
   *     root. The folder need not have kept its name; data files that incremental exports share are
   *     found only beside it, below {@code AWSDynamoDB/}
   */
  public static Export read(ExportSource source, String location) throws IOException {
    String folder = ExportLayout.folderOf(location);
    try {
      return new ExportReader(source, folder).read();
    } catch (FormatException e) {
      throw new FormatException(
          "unable to read export %s: %s".formatted(Quoted.of(folder), e.getMessage()), e);
    }
  }

  private Export read() throws IOException {
    ManifestSummary summary = summary();
    List<DataFile> dataFiles = dataFiles();
    long items = dataFiles.stream().mapToLong(DataFile::itemCount).sum();
    if (items != summary.itemCount()) {
      throw new FormatException(
          "manifest-summary.json says %d items, the %d data files of manifest-files.json have %d"
              .formatted(summary.itemCount(), dataFiles.size(), items));
    }
    return new Export(folder, summary, located(dataFiles, summary), notes);
  }

  private ManifestSummary summary() throws IOException {
    String name = ExportLayout.MANIFEST_SUMMARY;
    byte[] content =
        content(name, MAX_SUMMARY)
            .orElseThrow(
                () ->
                    new FormatException(
                        name + " is missing: the export is not complete, or not at this place"));
    verify(name, content);
    try {
      ManifestSummary summary = ManifestSummaryParser.parse(content);
      if (!KNOWN_VERSIONS.contains(summary.version())) {
        notes.add("%s has the unknown version %s".formatted(name, Quoted.of(summary.version())));
      }
      return summary;
    } catch (FormatException e) {
      throw inside(name, e);
    }
  }

  private List<DataFile> dataFiles() throws IOException {
    String name = ExportLayout.MANIFEST_FILES;
    byte[] content =
        content(name, MAX_FILES).orElseThrow(() -> new FormatException(name + " is missing"));
    verify(name, content);
    List<DataFile> files = new ArrayList<>();
    try {
      ManifestFiles.parse(new ByteArrayInputStream(content), files::add);
    } catch (FormatException e) {
      throw inside(name, e);
    }
    return files;
  }

  private List<ExportFile> located(List<DataFile> dataFiles, ManifestSummary summary) {
    DataFileKeys keys = new DataFileKeys(folder, exportIds(summary), leadingSlash(summary));
    Set<String> seen = new HashSet<>();
    List<ExportFile> files = new ArrayList<>(dataFiles.size());
    for (DataFile dataFile : dataFiles) {
      try {
        String key = keys.resolve(dataFile.dataFileS3Key());
        if (!seen.add(key)) {
          throw new FormatException("the data file %s is listed twice".formatted(Quoted.of(key)));
        }
        files.add(
            new ExportFile(key, dataFile, summary.outputFormat(), Compression.ofFileName(key)));
      } catch (FormatException e) {
        throw inside(ExportLayout.MANIFEST_FILES, e);
      }
    }
    return files;
  }

  /** The id by the ARN, by the manifest's key, and by the folder: publishers edit some of them. */
  private Set<String> exportIds(ManifestSummary summary) {
    Set<String> ids = new HashSet<>();
    summary.exportId().ifPresent(ids::add);
    ExportLayout.parse(summary.manifestFilesS3Key())
        .map(ExportLayout::exportId)
        .ifPresent(ids::add);
    ExportLayout.parse(folder).map(ExportLayout::exportId).ifPresent(ids::add);
    ids.remove(ExportLayout.DATA);
    return ids;
  }

  private static boolean leadingSlash(ManifestSummary summary) {
    return summary.destination().s3Prefix().filter(prefix -> prefix.startsWith("/")).isPresent();
  }

  private void verify(String name, byte[] content) throws IOException {
    Optional<String> expected = checksum(name);
    if (expected.isEmpty()) {
      notes.add("%s has no checksum file; it could not be verified".formatted(name));
      return;
    }
    String found = StoredDigest.md5Base64(content);
    if (!found.equals(expected.get())) {
      throw new FormatException(
          "the MD5 of %s is %s, its checksum file says %s"
              .formatted(name, found, Quoted.of(expected.get())));
    }
  }

  /** AWS writes {@code .md5}; the DynamoDB Developer Guide prints {@code .checksum}. */
  private Optional<String> checksum(String name) throws IOException {
    String stem = name.substring(0, name.lastIndexOf('.'));
    Optional<byte[]> content = content(stem + ".md5", MAX_CHECKSUM);
    if (content.isEmpty()) {
      content = content(stem + ".checksum", MAX_CHECKSUM);
    }
    return content.map(bytes -> new String(bytes, UTF_8).strip());
  }

  private Optional<byte[]> content(String name, int longest) throws IOException {
    String key = folder.isEmpty() ? name : folder + "/" + name;
    Optional<InputStream> opened = source.open(key);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream stream = opened.get()) {
      byte[] content = stream.readNBytes(longest + 1);
      if (content.length > longest) {
        throw new FormatException("%s is longer than %d bytes".formatted(name, longest));
      }
      return Optional.of(content);
    }
  }

  private static FormatException inside(String name, FormatException cause) {
    return new FormatException(name + ": " + cause.getMessage(), cause);
  }
}
