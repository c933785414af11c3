// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

/** How deep a verification looks. Each level includes the ones before it. */
public enum VerifyLevel {
  /** Records and manifests are read and agree; every file is there with its size. */
  STRUCTURE,
  /** Every stored byte is read: SHA-256 by the record, MD5 by the manifest. */
  CHECKSUMS,
  /** Every item is parsed, sized and counted; keys are readable and unique. */
  DATA;

  boolean includes(VerifyLevel other) {
    return compareTo(other) >= 0;
  }
}
