// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

/** Takes changes one by one, in the order of their times. */
@FunctionalInterface
public interface ChangeConsumer {
  /** Returns whether to go on. */
  boolean change(RecordedChange change) throws InterruptedException;
}
