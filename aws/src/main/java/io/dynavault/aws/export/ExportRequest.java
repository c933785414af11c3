// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

/** Which table to export, what of it, and how. */
public record ExportRequest(String tableName, ExportScope scope, ExportOptions options) {
  public ExportRequest {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(options, "options is null");
  }
}
