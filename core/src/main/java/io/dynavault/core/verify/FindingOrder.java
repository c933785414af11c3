// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import java.util.Comparator;

/** The order in which findings are listed, whatever thread found them first. */
final class FindingOrder {
  static final Comparator<Finding> BY_PLACE =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::key)
          .thenComparing(finding -> finding.line().orElse(0))
          .thenComparing(Finding::what);

  private FindingOrder() {}
}
