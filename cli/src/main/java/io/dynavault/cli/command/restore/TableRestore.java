// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.restore.RestoreResult;
import io.dynavault.core.validate.ValidationResult;
import java.util.Optional;

/**
 * A restore that has ended.
 *
 * @param validation what reading the table back has shown, where it was asked for
 */
record TableRestore(RestoreResult result, Optional<ValidationResult> validation)
    implements ValidatedTable {
  TableRestore {
    requireNonNull(result, "result is null");
    requireNonNull(validation, "validation is null");
  }
}
