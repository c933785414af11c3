// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.format.FormatException;
import io.dynavault.format.export.ManifestSummary;
import io.dynavault.format.export.ManifestSummaryParser;
import io.dynavault.format.layout.ExportLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An export without a record, of which only the summary was read so far.
 *
 * @param folder key of its folder below the store's root
 */
public record BareExport(ObjectStore store, String folder, ManifestSummary summary) {
  private static final String SUMMARY = "/" + ExportLayout.MANIFEST_SUMMARY;
  private static final int MAX_BYTES = 1024 * 1024;

  public BareExport {
    requireNonNull(store, "store is null");
    requireNonNull(folder, "folder is null");
    requireNonNull(summary, "summary is null");
  }

  /** The export at a location, its folder or one of its manifests; empty where there is none. */
  public static Optional<BareExport> find(ObjectStore store, String location) {
    String folder = ExportLayout.folderOf(location);
    return folder.isEmpty() || store.stat(folder + SUMMARY).isEmpty()
        ? Optional.empty()
        : Optional.of(read(store, folder));
  }

  /**
   * All complete exports below a prefix.
   *
   * @param prefix without a slash at its end; empty for all of the store
   */
  public static List<BareExport> below(ObjectStore store, String prefix) {
    return folders(store, prefix).stream().map(folder -> read(store, folder)).toList();
  }

  /**
   * Keys of the folders of all complete exports below a prefix, whatever their manifests say.
   *
   * @param prefix without a slash at its end; empty for all of the store
   */
  public static List<String> folders(ObjectStore store, String prefix) {
    List<String> folders = new ArrayList<>();
    store.list(
        prefix.isEmpty() ? "" : prefix + "/",
        info -> {
          if (info.key().endsWith(SUMMARY)) {
            folders.add(info.key().substring(0, info.key().length() - SUMMARY.length()));
          }
        });
    return folders;
  }

  /** The exports that lie in the same folder as this one, and share their data files with it. */
  public List<BareExport> withSiblings() {
    int slash = folder.lastIndexOf('/');
    return slash < 0 ? List.of(this) : below(store, folder.substring(0, slash));
  }

  ExportContent open() {
    return ExportContent.openBare(store, folder);
  }

  private static BareExport read(ObjectStore store, String folder) {
    try (ObjectDownload download = store.read(folder + SUMMARY)) {
      byte[] content = download.readNBytes(MAX_BYTES);
      return new BareExport(store, folder, ManifestSummaryParser.parse(content));
    } catch (FormatException | IOException e) {
      throw new DynavaultException(
          ErrorCode.DAMAGED,
          "unable to read '%s': %s".formatted(folder + SUMMARY, e.getMessage()),
          e);
    }
  }
}
