// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import java.util.Map;
import java.util.TreeMap;

/**
 * Tells in which folders of a chain there are other files than its commits name: by their number
 * and the sum of their hashes, so that an hour of files takes no more memory than one. Where two
 * sums are the same by chance, debris stays where it is.
 */
final class FolderSums {
  private final Map<String, Sum> sums = new TreeMap<>();

  /** Of the files of a folder: those that are named less those that are there. */
  private static final class Sum {
    long files;
    long hashes;
    boolean matters;

    boolean differs() {
      return matters && (files != 0 || hashes != 0);
    }
  }

  /** Adds a file that a commit names. */
  void addNamed(String key) {
    Sum sum = of(key);
    sum.files++;
    sum.hashes += KeyHash.of(key);
  }

  /**
   * Adds a file that is there.
   *
   * @param old whether it goes if nobody names it
   */
  void addStored(String key, boolean old) {
    Sum sum = of(key);
    sum.files--;
    sum.hashes -= KeyHash.of(key);
    sum.matters |= old;
  }

  private Sum of(String key) {
    return sums.computeIfAbsent(folder(key), same -> new Sum());
  }

  /** Whether files of the folder of this one may be old and unnamed. */
  boolean differ(String key) {
    Sum sum = sums.get(folder(key));
    return sum != null && sum.differs();
  }

  /** Whether there is any such folder. */
  boolean differ() {
    return sums.values().stream().anyMatch(Sum::differs);
  }

  private static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }
}
