// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * An import that AWS is going to make.
 *
 * @param begun the import that is gone on with
 * @param notes what is worth knowing, one sentence each
 */
public record ImportPlan(ImportRequest request, Optional<ImportInfo> begun, List<String> notes) {
  public ImportPlan {
    requireNonNull(request, "request is null");
    requireNonNull(begun, "begun is null");
    notes = List.copyOf(notes);
  }

  public String tableName() {
    return request.tableName();
  }
}
