// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.item.KeySchema;
import java.util.Optional;

/** What is verified. */
public sealed interface VerifyTarget {

  /** Everything in a vault, and what lies beside its recovery points. */
  record WholeVault(Vault vault) implements VerifyTarget {
    public WholeVault {
      requireNonNull(vault, "vault is null");
    }
  }

  /** All recovery points of a table. */
  record OneTable(Vault vault, String tableName) implements VerifyTarget {
    public OneTable {
      requireNonNull(vault, "vault is null");
      requireNonNull(tableName, "tableName is null");
    }
  }

  /** One recovery point. */
  record OnePoint(Vault vault, String tableName, RecoveryPointId id) implements VerifyTarget {
    public OnePoint {
      requireNonNull(vault, "vault is null");
      requireNonNull(tableName, "tableName is null");
      requireNonNull(id, "id is null");
    }
  }

  /**
   * An export without a record, such as one that AWS wrote, or all that lie below a prefix.
   *
   * @param location key of its folder or of its summary below the store's root, or the prefix
   * @param keySchema keys of its items; without it keys are not looked at
   */
  record BareExport(ObjectStore store, String location, Optional<KeySchema> keySchema)
      implements VerifyTarget {
    public BareExport {
      requireNonNull(store, "store is null");
      requireNonNull(location, "location is null");
      requireNonNull(keySchema, "keySchema is null");
    }
  }
}
