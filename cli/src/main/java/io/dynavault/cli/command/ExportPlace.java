// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.format.layout.ExportLayout;
import java.nio.file.Path;

/**
 * Where an export without a record lies. An export's manifests name keys from the root of the
 * bucket, so that is where its store begins.
 *
 * @param root location of the store
 * @param key of the export's folder, or of its manifest-summary.json, below it
 */
public record ExportPlace(StoreLocation root, String key) {
  public ExportPlace {
    requireNonNull(root, "root is null");
    requireNonNull(key, "key is null");
  }

  /**
   * The place of an export at a location.
   *
   * @throws DynavaultException {@code EXPORT_NOT_FOUND} for the root of a store
   */
  public static ExportPlace of(StoreLocation location) {
    if (location instanceof StoreLocation.Bucket bucket && !bucket.prefix().isEmpty()) {
      return new ExportPlace(new StoreLocation.Bucket(bucket.name(), ""), bucket.prefix());
    }
    if (location instanceof StoreLocation.Folder folder) {
      Path path = folder.path();
      Path name = path.getFileName();
      boolean isManifest = name != null && name.toString().startsWith("manifest-");
      Path export = isManifest ? path.getParent() : path;
      if (export != null && export.getParent() != null && export.getFileName() != null) {
        return below(export.getParent(), export.getFileName().toString());
      }
    }
    throw new DynavaultException(
        ErrorCode.EXPORT_NOT_FOUND,
        "unable to read an export at '" + location + "': it is the root of a store");
  }

  /** Incremental exports have their data beside them: what they share begins one folder higher. */
  private static ExportPlace below(Path parent, String name) {
    Path shared = parent.getFileName();
    boolean isRoot = shared != null && shared.toString().equals(ExportLayout.ROOT_NAME);
    return isRoot && parent.getParent() != null
        ? new ExportPlace(
            new StoreLocation.Folder(parent.getParent()), ExportLayout.ROOT_NAME + "/" + name)
        : new ExportPlace(new StoreLocation.Folder(parent), name);
  }
}
