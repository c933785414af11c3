// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.content;

import io.dynavault.format.item.ChangeLine;
import org.jspecify.annotations.Nullable;

/**
 * Changes to the items of a base, such as those of a chain of exports. Safe for several threads.
 */
public interface ChangeSource {

  /** How many changes there are at most. */
  long changes();

  /** How many files have them, which are numbered from 0: later ones tend to decide. */
  int files();

  /**
   * Hands out files, the last one first. Each has the same number whenever it is asked for.
   *
   * @param from number of the first one
   * @param to number behind that of the last one
   * @throws io.dynavault.core.error.DynavaultException {@code DAMAGED} where it is not known any
   *     more which they are
   */
  void readBackwards(int from, int to, FileReader reader) throws InterruptedException;

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

  /** Takes files one by one. */
  @FunctionalInterface
  interface FileReader {
    void read(File file) throws InterruptedException;
  }

  /** Takes changes one by one, all of one file in one thread. */
  interface Taker {

    /**
     * Takes a change without its image. Of all changes of one key the one of the highest rank
     * decides what becomes of the item.
     *
     * @param json holds the key; valid during the call only
     * @param key of the item that has changed
     * @param rank not negative
     * @return whether {@link #image} has to follow: no change of a higher rank is known by now
     */
    boolean change(byte[] json, ChangeLine.Slice key, long rank);

    /**
     * Takes the image of the change that was taken last.
     *
     * @param json holds it; valid during the call only
     * @param image what the item is if this change decides; null if there is none then
     */
    void image(byte[] json, ChangeLine.@Nullable Slice image);
  }
}
