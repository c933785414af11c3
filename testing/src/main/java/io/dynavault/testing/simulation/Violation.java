// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.util.Objects.requireNonNull;

/** Something that must never be, and was found. */
public final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  /** What it means for a user. */
  public enum Kind {
    /** Something is lost or was not done, and the program said that all is well. */
    SILENT_LOSS,
    /** A recovery point is there whose data is not. */
    WRONG_AVAILABLE,
    /** Without any fault left, the program does not get back to a whole vault. */
    UNRECOVERABLE,
    /** The program failed without a typed error. */
    NOT_SAID
  }

  private final Kind kind;

  Violation(Kind kind, Throwable cause) {
    super(kind + ": " + cause.getMessage(), cause);
    this.kind = requireNonNull(kind, "kind is null");
  }

  public Kind kind() {
    return kind;
  }

  /** What is looked at. */
  @FunctionalInterface
  interface Check {
    void run() throws InterruptedException;
  }

  /** Says what it means if a check finds something. */
  static void ifNot(Kind kind, Check check) throws InterruptedException {
    try {
      check.run();
    } catch (Violation e) {
      throw e;
    } catch (AssertionError | RuntimeException e) {
      throw new Violation(kind, e);
    }
  }
}
