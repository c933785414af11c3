// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

/** Work that is under way for a number of looks at it, and done from then on. */
public final class Pending {
  private int looks;

  /** Work that is seen under way this many times. */
  public Pending(int looks) {
    if (looks < 0) {
      throw new IllegalArgumentException("looks is negative: " + looks);
    }
    this.looks = looks;
  }

  /** Looks at it: whether it is done. */
  public boolean look() {
    if (looks == 0) {
      return true;
    }
    looks--;
    return false;
  }

  /** Whether it is done, without counting as a look. */
  public boolean done() {
    return looks == 0;
  }

  /** Makes it done. */
  public void finish() {
    looks = 0;
  }
}
