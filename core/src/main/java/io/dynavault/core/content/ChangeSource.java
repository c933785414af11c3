// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the items of a base, such as those of a chain of exports. Safe for several threads.
 */
public interface ChangeSource {

  /** How many changes there are at most. */
  long changes();

  /** The files that have them. */
  List<File> files();

  /**
   * Sees that all files are there, without reading them.
   *
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where one is missing
   */
  void requireFiles();

  /** A file of changes; files are read side by side. */
  @FunctionalInterface
  interface File {

    /**
     * Hands out the changes that count, and verifies the file on the way.
     *
     * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where the file is not what
     *     it should be
     */
    void read(Taker taker) throws InterruptedException;
  }

  /** Takes changes one by one, all of one file in one thread. */
  @FunctionalInterface
  interface Taker {

    /**
     * Takes a change. Of all changes of one key the one of the highest rank decides what becomes of
     * the item.
     *
     * @param json holds key and image; valid during the call only
     * @param key of the item that has changed
     * @param image what the item is if this change decides; null if there is none then
     * @param rank not negative
     */
    void change(byte[] json, ChangeLine.Slice key, ChangeLine.@Nullable Slice image, long rank);
  }
}
