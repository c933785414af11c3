// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.imports.ImportResult;
import io.dynavault.core.validate.ValidationResult;
import java.util.Optional;

/**
 * An import by AWS that has ended.
 *
 * @param validation what reading the table back has shown, where it was asked for
 */
public record ImportedTable(ImportResult result, Optional<ValidationResult> validation)
    implements ValidatedTable {
  public ImportedTable {
    requireNonNull(result, "result is null");
    requireNonNull(validation, "validation is null");
  }
}
