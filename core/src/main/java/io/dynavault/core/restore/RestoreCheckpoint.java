// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

/**
 * What of a restore is done, kept by whoever runs it so that another run does not do it again. Safe
 * for several threads.
 */
public interface RestoreCheckpoint {

  /** Whether another run can go on where this one ends. */
  boolean isKept();

  /** Whether the whole content was read and found good before. */
  boolean isVerified();

  /** Whether the target was checked, and cleared where it has to be. */
  boolean isPrepared();

  /** Keeps that the target may be written to from now on. */
  void prepared();

  /** How many items of a part are in the table; negative where the part is not done. */
  long doneItems(String part);

  /** Keeps that all items of a part are in the table. */
  void done(String part, long items);

  /** Keeps nothing: everything is done in one run. */
  static RestoreCheckpoint none() {
    return NoCheckpoint.INSTANCE;
  }
}
