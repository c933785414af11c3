// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import static java.util.Objects.requireNonNull;

/** What the key of a commit record says: whose recovery point it is. */
public record RecoveryPointKey(String table, String id) {
  public RecoveryPointKey {
    requireNonNull(table, "table is null");
    requireNonNull(id, "id is null");
  }
}
