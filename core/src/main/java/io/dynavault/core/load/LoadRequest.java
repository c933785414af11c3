// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.table.TableDefinition;
import java.util.List;

/**
 * What is imported into which table.
 *
 * @param table as it is: its keys say what items need
 * @param sources files of one format, at least one
 */
public record LoadRequest(TableDefinition table, List<LoadSource> sources, LoadOptions options) {
  public LoadRequest {
    requireNonNull(table, "table is null");
    sources = List.copyOf(sources);
    requireNonNull(options, "options is null");
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources is empty");
    }
  }
}
