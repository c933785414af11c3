// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import java.util.List;

/**
 * What reading a data file found out.
 *
 * @param bytes stored bytes that were read
 * @param items items that were read; 0 where only bytes were
 * @param itemBytes their size by DynamoDB's rules
 */
record FileReport(long bytes, long items, long itemBytes, List<Finding> findings) {
  FileReport {
    findings = List.copyOf(findings);
  }

  boolean isClean() {
    return findings.isEmpty();
  }
}
