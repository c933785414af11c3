// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.scorecard;

import static java.util.Objects.requireNonNull;

import java.util.function.ToLongFunction;

/**
 * One row of the page.
 *
 * @param what was done, and what would have been wrong
 * @param test the class that did it
 */
record Row(
    String what, String test, ToLongFunction<Evidence> done, ToLongFunction<Evidence> failed) {
  Row {
    requireNonNull(what, "what is null");
    requireNonNull(test, "test is null");
    requireNonNull(done, "done is null");
    requireNonNull(failed, "failed is null");
  }

  /**
   * Counted by the test.
   *
   * @param done name of the figure of how often it was done, as {@link Evidence#figure} takes it
   * @param wrong name of the figure of what went wrong
   */
  static Row figures(String what, String test, String file, String done, String wrong) {
    return new Row(what, test, from -> from.figure(file, done), from -> from.figure(file, wrong));
  }

  /** Counted in test cases. */
  static Row tests(String what, String test) {
    return new Row(
        what, test, from -> from.report(test).tests(), from -> from.report(test).failed());
  }

  /** How often it was done: at least once. */
  long count(Evidence evidence) {
    long count = done.applyAsLong(evidence);
    if (count < 1) {
      throw new IllegalStateException("never done: " + what + " (" + test + ")");
    }
    return count;
  }

  long wrong(Evidence evidence) {
    return failed.applyAsLong(evidence);
  }
}
