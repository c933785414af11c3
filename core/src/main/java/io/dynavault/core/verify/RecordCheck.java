// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.Optional;

/** Reads records one by one, so that one that cannot be read hides no other. */
final class RecordCheck {
  private final Vault vault;
  private final SecondLook second;

  RecordCheck(Vault vault, SecondLook second) {
    this.vault = requireNonNull(vault, "vault is null");
    this.second = requireNonNull(second, "second is null");
  }

  /**
   * What a record says.
   *
   * @param point empty where there is no record, or none that can be read
   * @param finding why it cannot be read
   */
  record Read(Optional<RecoveryPoint> point, Optional<Finding> finding) {

    private boolean isGood() {
      return point.isPresent();
    }
  }

  Read read(RecoveryPointKey key) throws InterruptedException {
    return second.look(() -> readOnce(key), Read::isGood);
  }

  private Read readOnce(RecoveryPointKey key) {
    try {
      return new Read(
          vault.catalog().get(key.table(), new RecoveryPointId(key.id())).map(CatalogEntry::point),
          Optional.empty());
    } catch (DynavaultException e) {
      return new Read(Optional.empty(), Optional.of(unreadable(key, e)));
    }
  }

  private static Finding unreadable(RecoveryPointKey key, DynavaultException failure) {
    String record = ObjectKeys.recoveryPoint(key.table(), key.id());
    if (failure.code() == ErrorCode.FORMAT_UNSUPPORTED) {
      return Finding.error(
          record,
          failure.getMessage(),
          "verify it with a newer dynavault; if none has written it, the record is damaged");
    }
    SecondLook.reason(failure); // throws what is not about this object
    return Finding.error(record, failure.getMessage(), Remedies.record());
  }
}
