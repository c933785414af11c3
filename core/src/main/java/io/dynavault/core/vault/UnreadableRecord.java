// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;

/** A record that exists but cannot be read. It does not hide the others. */
public record UnreadableRecord(String tableName, RecoveryPointId id, DynavaultException problem) {
  public UnreadableRecord {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
    requireNonNull(problem, "problem is null");
  }
}
