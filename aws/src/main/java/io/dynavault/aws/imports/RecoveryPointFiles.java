// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.content.ItemContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ExportLayout;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The data files of a full export, as an import takes them. AWS reads everything below their
 * folder: a file that a crash has left there would be imported, too.
 */
public final class RecoveryPointFiles {
  private final ExportContent content;
  private final String folder;

  private RecoveryPointFiles(ExportContent content) {
    this.content = content;
    this.folder = content.export().folder() + "/" + ExportLayout.DATA + "/";
  }

  /**
   * The files of a recovery point or an export.
   *
   * @param bucketOwner the account that has the bucket, where it is another one
   * @throws DynavaultException {@code UNSUPPORTED} where AWS cannot import it: not in S3, the end
   *     of a chain, or files beside it; {@code DAMAGED} where a file is missing or has another size
   */
  public static ImportFiles of(ItemContent content, Optional<String> bucketOwner) {
    requireNonNull(bucketOwner, "bucketOwner is null");
    URI location = content.store().location();
    if (!"s3".equals(location.getScheme())) {
      throw refused(
          content.name(),
          "it lies at '" + location + "', and AWS imports from S3 only",
          "leave --via out, or copy it to a vault in S3 with: dynavault copy");
    }
    if (!(content instanceof ExportContent export)) {
      throw refused(
          content.name(),
          "it is the end of a chain of exports, and AWS imports full exports only",
          "leave --via out, or restore the full export that the chain begins with");
    }
    return new RecoveryPointFiles(export).files(location, bucketOwner);
  }

  private ImportFiles files(URI location, Optional<String> bucketOwner) {
    List<ExportFile> files = content.export().files();
    Map<String, Long> found = list();
    requireAll(files, found);
    requireNoOther(files, found);
    OutputFormat format =
        only(files, ExportFile::format, content.export().summary().outputFormat());
    Compression compression = only(files, ExportFile::compression, Compression.GZIP);
    String path = location.getPath() == null ? "" : location.getPath();
    String root = path.replaceAll("^/+|/+$", "");
    return new ImportFiles(
        location.getAuthority(),
        root.isEmpty() ? folder : root + "/" + folder,
        bucketOwner,
        ImportFormat.valueOf(format.name()),
        compression,
        CsvColumns.defaults(),
        files.size(),
        found.values().stream().mapToLong(Long::longValue).sum());
  }

  /** Empty objects, which consoles make to show a folder, have nothing to import. */
  private Map<String, Long> list() {
    Map<String, Long> sizes = new TreeMap<>();
    content.store().list(folder, info -> add(info, sizes));
    return sizes;
  }

  private static void add(ObjectInfo info, Map<String, Long> sizes) {
    if (info.size() > 0) {
      sizes.put(info.key(), info.size());
    }
  }

  private void requireAll(List<ExportFile> files, Map<String, Long> found) {
    Map<String, Long> recorded =
        content.recoveryPoint().stream()
            .flatMap(point -> point.files().stream())
            .collect(Collectors.toMap(StoredFile::key, StoredFile::size));
    for (ExportFile file : files) {
      Long size = found.get(file.key());
      if (size == null || !size.equals(recorded.getOrDefault(file.key(), size))) {
        throw new DynavaultException(
            ErrorCode.DAMAGED,
            "unable to import '%s': '%s' %s"
                .formatted(
                    content.name(),
                    file.key(),
                    size == null ? "is missing or lies elsewhere" : "has another size"));
      }
    }
  }

  private void requireNoOther(List<ExportFile> files, Map<String, Long> found) {
    Set<String> known = files.stream().map(ExportFile::key).collect(Collectors.toSet());
    List<String> others = found.keySet().stream().filter(key -> !known.contains(key)).toList();
    if (!others.isEmpty()) {
      throw refused(
          content.name(),
          "beside its data files there are %d that do not belong to it, such as '%s', and AWS would import them, too"
              .formatted(others.size(), others.get(0)),
          "leave --via out, or remove them");
    }
  }

  private <T> T only(List<ExportFile> files, Function<ExportFile, T> fact, T ifNone) {
    List<T> facts = files.stream().map(fact).distinct().toList();
    if (facts.size() > 1) {
      throw refused(content.name(), "its files are of several kinds: " + facts, "leave --via out");
    }
    return facts.isEmpty() ? ifNone : facts.get(0);
  }

  private static DynavaultException refused(String name, String reason, String hint) {
    return new DynavaultException(
        ErrorCode.UNSUPPORTED, "unable to have AWS import '%s': %s".formatted(name, reason), hint);
  }
}
