// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import java.util.List;

/**
 * Where the items of a recovery point are: in files of the vault, or in a backup that AWS keeps.
 */
public sealed interface PointContent permits StoredExport, ManagedBackup {

  /** The files of it that lie in the vault; none of a managed backup. */
  List<StoredFile> files();

  /** Bytes that it takes, in the vault or at AWS; 0 where AWS has not told. */
  long storedBytes();
}
