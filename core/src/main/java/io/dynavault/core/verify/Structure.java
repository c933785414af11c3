// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import java.util.List;

/**
 * What is known of an export before its data files are read.
 *
 * @param dataFiles how many it consists of
 * @param readable those of them that are there with their size
 */
record Structure(int dataFiles, List<ExpectedFile> readable, List<Finding> findings) {
  Structure {
    readable = List.copyOf(readable);
    findings = List.copyOf(findings);
  }

  /** Looks at one export. */
  interface Check {
    Structure check() throws InterruptedException;
  }
}
