// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.export;

import io.dynavault.format.export.ExportDestination;
import java.net.URI;

/**
 * Where a store's root is, in the words of a manifest: a bucket and a prefix.
 *
 * @param bucket the bucket; for other stores the scheme, such as {@code file}
 * @param prefix what comes before the store's keys from the root of the bucket; empty for none
 */
record StorePlace(String bucket, String prefix) {

  static StorePlace of(URI location) {
    if (!"s3".equals(location.getScheme())) {
      return new StorePlace(String.valueOf(location.getScheme()), "");
    }
    String path = location.getPath() == null ? "" : location.getPath();
    return new StorePlace(location.getAuthority(), path.replaceAll("^/+|/+$", ""));
  }

  String keyFromRoot(String key) {
    return prefix.isEmpty() ? key : prefix + "/" + key;
  }

  /** The destination of an export whose keys begin with this prefix below the store's root. */
  ExportDestination destination(String exportPrefix) {
    return ExportDestination.of(bucket, keyFromRoot(exportPrefix));
  }
}
