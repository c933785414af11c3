// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.chaincopy;

import java.util.List;

/**
 * What to copy.
 *
 * @param tables names of tables that have continuous backups in the source
 * @param workers files that are copied at the same time
 */
public record ChainCopyRequest(List<String> tables, int workers) {
  public ChainCopyRequest {
    tables = List.copyOf(tables);
    if (workers < 1) {
      throw new IllegalArgumentException("workers is less than 1: " + workers);
    }
  }
}
