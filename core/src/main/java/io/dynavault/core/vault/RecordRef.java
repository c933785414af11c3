// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

/** Where a record is, before it is read. */
record RecordRef(String tableName, RecoveryPointId id) {
  RecordRef {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
  }
}
