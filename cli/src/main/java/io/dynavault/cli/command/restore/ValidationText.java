// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.cli.output.Counts;
import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.validate.ValidationLevel;
import io.dynavault.core.validate.ValidationResult;

/** What a validation has found, in a line for people. */
final class ValidationText {
  private ValidationText() {}

  static String line(ValidationResult result) {
    String head = (result.passed() ? "validated " : "NOT as restored: ") + result.tableName();
    if (result.level() instanceof ValidationLevel.Counts) {
      return "%s: %s, %s expected"
          .formatted(
              head, Counts.of(result.actualItems(), "item"), Counts.text(result.expectedItems()));
    }
    CompareResult compared = result.compared();
    String counts =
        "%s the same, %s missing, %s extra, %s different"
            .formatted(
                Counts.of(compared.same(), "item"),
                Counts.text(compared.missing()),
                Counts.text(compared.extra()),
                Counts.text(compared.different()));
    return result.seed().isPresent()
        ? "%s by a sample of %s (seed %d): %s"
            .formatted(
                head, Counts.of(result.expectedItems(), "item"), result.seed().getAsLong(), counts)
        : head + ": " + counts;
  }
}
