// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.load;

/** Is told of items of the files that cannot be written. Called from several threads. */
@FunctionalInterface
public interface ProblemListener {

  /**
   * @param place file and line or item, such as {@code orders.csv, line 7}
   * @param reason what is wrong, without attribute values
   */
  void problem(String place, String reason);
}
