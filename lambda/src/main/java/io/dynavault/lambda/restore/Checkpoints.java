// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.vault.Checksum;
import io.dynavault.format.layout.VaultKeys;

/** Keys of what the restores of functions keep in a vault. */
final class Checkpoints {
  private Checkpoints() {}

  /** Of the restore of one table. */
  static String key(String requestId, String tableName) {
    return VaultKeys.restoreCheckpoint(name(requestId), tableName);
  }

  /** Of the answer to a request that was done. */
  static String answer(String requestId) {
    return VaultKeys.restoreAnswer(name(requestId));
  }

  private static String name(String requestId) {
    return Checksum.Algorithm.SHA256.of(requestId.getBytes(UTF_8)).hex().substring(0, 32);
  }
}
