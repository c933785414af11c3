// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.core.error.DynavaultException;

/** Takes the commits of a chain one by one, in order. */
@FunctionalInterface
public interface CommitVisitor {

  /** Takes a commit; returns whether more are wanted. */
  boolean commit(Commit commit);

  /**
   * Takes note of a commit that is missing or damaged. What does not want to know fails with it.
   *
   * @param damage {@code DAMAGED}
   */
  default void unreadable(long number, DynavaultException damage) {
    throw damage;
  }
}
