// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.Checksum;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.Export;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.export.ExportReader;
import io.dynavault.format.export.ExportSpan;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at an export that AWS has written into a vault, and says what a record has to say of it.
 * Manifests are read and checked; data files are not read, which would cost more than the export
 * did: that they are there is asked of the store, and their MD5 is that of the manifest.
 *
 * @param summary of the export, as AWS wrote it
 * @param export its files
 * @param notes what is unusual but no defect, one sentence each
 */
public record ExportSurvey(ManifestSummary summary, StoredExport export, List<String> notes) {
  public ExportSurvey {
    requireNonNull(summary, "summary is null");
    requireNonNull(export, "export is null");
    notes = List.copyOf(notes);
  }

  /**
   * Looks at an export.
   *
   * @param folder key of the export's folder below the store's root
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} where there is none, {@code DAMAGED} where
   *     it is not whole
   */
  public static ExportSurvey of(ObjectStore store, String folder) {
    String summaryKey = folder + "/" + ExportLayout.MANIFEST_SUMMARY;
    if (store.stat(summaryKey).isEmpty()) {
      throw new DynavaultException(
          ErrorCode.EXPORT_NOT_FOUND,
          "unable to find an export at '%s' of '%s': there is no %s"
              .formatted(folder, store.location(), ExportLayout.MANIFEST_SUMMARY));
    }
    try {
      Export export = ExportReader.read(new StoreSource(store), folder);
      return new ExportSurvey(export.summary(), new Survey(store, export).stored(), export.notes());
    } catch (FormatException | IOException | IllegalArgumentException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED, String.valueOf(e.getMessage()), "export the table again", e);
    }
  }

  /** The files of one export. */
  private record Survey(ObjectStore store, Export export) {

    StoredExport stored() throws IOException {
      List<StoredFile> files = new ArrayList<>(manifests());
      files.addAll(dataFiles());
      ManifestSummary summary = export.summary();
      return new StoredExport(
          export.folder(),
          summary.outputFormat(),
          export.files().stream().findFirst().map(ExportFile::compression).orElse(Compression.GZIP),
          summary.itemCount(),
          summary.billedSizeBytes(),
          files,
          window(summary.span()));
    }

    private static Optional<ExportWindow> window(ExportSpan span) {
      return span instanceof ExportSpan.Window window
          ? Optional.of(new ExportWindow(window.from(), window.to(), window.view()))
          : Optional.empty();
    }

    /** What lies directly in the folder: the manifests, their checksums and the marker. */
    private List<StoredFile> manifests() throws IOException {
      String folder = export.folder() + "/";
      List<String> keys = new ArrayList<>();
      store.list(
          folder,
          info -> {
            if (info.key().indexOf('/', folder.length()) < 0) {
              keys.add(info.key());
            }
          });
      List<StoredFile> manifests = new ArrayList<>();
      for (String key : keys) {
        try (ObjectDownload download = store.read(key)) {
          byte[] content = download.readAllBytes();
          Checksum sha256 = Checksum.Algorithm.SHA256.of(content);
          manifests.add(new StoredFile(key, content.length, sha256, 0));
        }
      }
      return manifests;
    }

    private List<StoredFile> dataFiles() {
      Map<String, Long> sizes = new HashMap<>();
      for (String folder : folders()) {
        store.list(folder, info -> sizes.put(info.key(), info.size()));
      }
      List<StoredFile> files = new ArrayList<>();
      for (ExportFile file : export.files()) {
        Checksum md5 = Checksum.md5(file.dataFile().md5Checksum());
        files.add(new StoredFile(file.key(), size(file, sizes), md5, file.dataFile().itemCount()));
      }
      return files;
    }

    private List<String> folders() {
      return export.files().stream()
          .map(file -> file.key().substring(0, file.key().lastIndexOf('/') + 1))
          .distinct()
          .toList();
    }

    /** A listing alone proves nothing: what it does not show is asked for. */
    private long size(ExportFile file, Map<String, Long> sizes) {
      Long listed = sizes.get(file.key());
      if (listed != null) {
        return listed;
      }
      return store
          .stat(file.key())
          .map(ObjectInfo::size)
          .orElseThrow(
              () ->
                  new FormatException(
                      "unable to read export '%s': the data file '%s' is missing"
                          .formatted(export.folder(), file.key())));
    }
  }
}
