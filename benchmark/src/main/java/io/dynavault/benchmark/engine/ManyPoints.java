// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.engine;

import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A vault of many small recovery points. */
public final class ManyPoints {
  private ManyPoints() {}

  /** Backs up a table so many times into a new vault. */
  public static void make(URI endpoint, String table, Path folder, int points)
      throws InterruptedException {
    try (Engine engine = new Engine(endpoint, 1)) {
      Vault vault = engine.newVault(folder);
      for (int i = 0; i < points; i++) {
        RecoveryPoint point =
            engine.backup(vault, table, CodecChoice.DEFAULT, Optional.empty()).recoveryPoint();
        if (point.export().itemCount() == 0) {
          throw new IllegalStateException("the table is empty");
        }
      }
      vault.store().close();
    }
  }
}
