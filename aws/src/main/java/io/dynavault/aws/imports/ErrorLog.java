// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.imports;

import java.util.List;
import java.util.Optional;

/**
 * What CloudWatch Logs has of the lines that an import could not take.
 *
 * @param lines the first of them
 * @param unreadable why there are none, where the log could not be read
 */
public record ErrorLog(List<Line> lines, Optional<String> unreadable) {

  /**
   * A line that was not imported.
   *
   * @param place object and position in it, counted from 0
   * @param reason AWS's
   */
  public record Line(String place, String reason) {}

  public ErrorLog {
    lines = List.copyOf(lines);
  }

  /** Nothing was looked for. */
  public static ErrorLog none() {
    return new ErrorLog(List.of(), Optional.empty());
  }
}
