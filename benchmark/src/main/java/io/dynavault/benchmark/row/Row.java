// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import io.dynavault.benchmark.report.Section;

/** Something to measure. */
public interface Row {

  /** How {@code --only} calls it. */
  String name();

  /** Measures and compares with the goals. */
  Section run(Bench bench) throws Exception;
}
