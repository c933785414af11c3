// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

/** Work that is measured: the same each time. */
public interface Pass extends AutoCloseable {

  /** Does the work once and returns how many items that were. */
  long run() throws Exception;

  /** Removes what the work left, unmeasured. */
  default void tidy() throws Exception {}

  @Override
  default void close() throws Exception {}
}
