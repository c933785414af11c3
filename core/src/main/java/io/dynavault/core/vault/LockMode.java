// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

/** Who may change a vault's lock. */
public enum LockMode {
  /** Whoever may write to the vault. */
  GOVERNANCE,
  /** From the lock date on nobody. */
  COMPLIANCE
}
