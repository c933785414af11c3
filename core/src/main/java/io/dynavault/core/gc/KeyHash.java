// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

/** 64 bits of a key, by FNV-1a. */
final class KeyHash {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private KeyHash() {}

  static long of(String key) {
    long hash = FNV_BASIS;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }
}
