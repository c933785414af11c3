// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Counts what a process writes, announces it, and does at one step what it is told to. */
final class Steps {
  /** What happens before the chosen step. */
  enum At {
    /** The process is gone, as if the power was cut. */
    HALT,
    /** The thread waits for a line on standard input; others go on. */
    PAUSE
  }

  /** One of the steps that have the same name. */
  record Chosen(String name, int occurrence) {
    static final Chosen NONE = new Chosen("none", 0);
  }

  static final String STEP = "step ";
  static final String PAUSED = "paused before ";

  private final Chosen chosen;
  private final At at;
  private final PrintStream out = new PrintStream(System.out, true, UTF_8);
  private int count;

  Steps(Chosen chosen, At at) {
    this.chosen = chosen;
    this.at = at;
  }

  /** Counts alone. */
  static Steps unchosen() {
    return new Steps(Chosen.NONE, At.HALT);
  }

  /** To be called before each write; nobody writes while another one is held up here. */
  synchronized void before(String what) {
    boolean named = StepName.of(what).equals(chosen.name());
    count += named ? 1 : 0;
    if (!named || count != chosen.occurrence()) {
      out.println(STEP + what);
    } else if (at == At.HALT) {
      Runtime.getRuntime().halt(137);
    } else {
      pause(what);
    }
  }

  private void pause(String what) {
    out.println(PAUSED + what);
    try {
      if (System.in.read() < 0) {
        throw new IllegalStateException("nobody is there to go on");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
