// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.continuous;

import io.dynavault.format.change.ChangeFileReader;

/** Takes the changes of a chain one by one; from several threads where several read. */
@FunctionalInterface
public interface ChangeVisitor {
  /**
   * Takes the change at which the reader stands; it is valid during the call only. The order of the
   * changes of a key is that of commit, file and {@link ChangeFileReader#lineNumber}.
   *
   * @param file its place among the files of the commit, from 0
   */
  void change(long commit, int file, ChangeFileReader change) throws InterruptedException;
}
