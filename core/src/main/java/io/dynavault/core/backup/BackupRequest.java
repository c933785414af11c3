// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.scan.ScanQuery;

/** What to back up and how. */
public record BackupRequest(ScanQuery query, BackupOptions options) {
  public BackupRequest {
    requireNonNull(query, "query is null");
    requireNonNull(options, "options is null");
  }
}
