// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages bytes at random, preferring bytes that mean something in the formats read here. */
public final class Mutations {
  private static final byte[] MEANINGFUL =
      "{}[]\",:\\ \n\t\r\u0000-+.eE019=truenalSNBML$_'();#|\u0080é😀".getBytes(UTF_8);

  private Mutations() {}

  /** A copy with one to three changes. */
  public static byte[] of(byte[] bytes, RandomGenerator random) {
    byte[] mutated = bytes;
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      mutated = mutate(mutated, random);
    }
    return mutated;
  }

  private static byte[] mutate(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length + 1);
    int span = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 64 : 4));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> splice(bytes, at, span, new byte[0]);
      case 2 -> splice(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + span));
      case 3 -> splice(bytes, at, 0, meaningful(random));
      case 4 -> splice(bytes, at, Math.min(1, span), meaningful(random));
      default -> splice(bytes, at, Math.min(1, span), new byte[] {(byte) random.nextInt()});
    };
  }

  private static byte[] meaningful(RandomGenerator random) {
    return new byte[] {MEANINGFUL[random.nextInt(MEANINGFUL.length)]};
  }

  private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
    byte[] spliced = new byte[bytes.length - removed + inserted.length];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(inserted, 0, spliced, at, inserted.length);
    int rest = at + removed;
    System.arraycopy(bytes, rest, spliced, at + inserted.length, bytes.length - rest);
    return spliced;
  }
}
