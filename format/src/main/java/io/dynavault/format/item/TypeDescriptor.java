// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import org.jspecify.annotations.Nullable;

/** The ten type descriptors of DynamoDB JSON, as they name the type of a value. */
enum TypeDescriptor {
  S,
  N,
  B,
  BOOL,
  NULL,
  L,
  M,
  SS,
  NS,
  BS;

  /** The type with this descriptor, or null if there is none. */
  static @Nullable TypeDescriptor of(byte[] text, int start, int end) {
    return switch (end - start) {
      case 1 -> one(text[start]);
      case 2 -> text[start + 1] == 'S' ? setOf(text[start]) : null;
      case 4 -> four(text, start);
      default -> null;
    };
  }

  private static @Nullable TypeDescriptor one(byte letter) {
    return switch (letter) {
      case 'S' -> S;
      case 'N' -> N;
      case 'B' -> B;
      case 'L' -> L;
      case 'M' -> M;
      default -> null;
    };
  }

  private static @Nullable TypeDescriptor setOf(byte letter) {
    return switch (letter) {
      case 'S' -> SS;
      case 'N' -> NS;
      case 'B' -> BS;
      default -> null;
    };
  }

  private static @Nullable TypeDescriptor four(byte[] text, int p) {
    if (text[p] == 'B' && text[p + 1] == 'O' && text[p + 2] == 'O' && text[p + 3] == 'L') {
      return BOOL;
    }
    if (text[p] == 'N' && text[p + 1] == 'U' && text[p + 2] == 'L' && text[p + 3] == 'L') {
      return NULL;
    }
    return null;
  }
}
