// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.copy;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * The files that an incremental export has among those of others. AWS gives them names that no two
 * exports have; what is there nevertheless, with another content, is not written over.
 */
final class SharedFiles {
  private static final int BUFFER = 256 * 1024;

  private final ObjectStore store;
  private final RecoveryPoint point;

  SharedFiles(Vault target, RecoveryPoint point) {
    this.store = requireNonNull(target, "target is null").store();
    this.point = requireNonNull(point, "point is null");
  }

  /**
   * Makes sure that no other recovery point's file is written over.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_EXISTS} where another file has the key of one
   */
  void requireOursToWrite(List<StoredFile> files) {
    Set<String> beside = Set.copyOf(point.export().filesBeside());
    for (StoredFile file : files) {
      if (beside.contains(file.key()) && store.stat(file.key()).isPresent() && !isSame(file)) {
        throw new DynavaultException(
            ErrorCode.RECOVERY_POINT_EXISTS,
            "unable to copy recovery point '%s' of table '%s': '%s' has another file '%s'"
                .formatted(point.id(), point.tableName(), store.location(), file.key()),
            "see whose it is with: dynavault verify; or copy into another vault");
      }
    }
  }

  private boolean isSame(StoredFile file) {
    MessageDigest digest = file.checksum().algorithm().newDigest();
    byte[] buffer = new byte[BUFFER];
    try (ObjectDownload in = store.read(file.key())) {
      for (int read = in.read(buffer, 0, BUFFER); read >= 0; read = in.read(buffer, 0, BUFFER)) {
        digest.update(buffer, 0, read);
      }
    }
    return file.checksum().algorithm().of(digest).equals(file.checksum());
  }
}
