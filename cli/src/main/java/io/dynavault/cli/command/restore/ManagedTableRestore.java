// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.restore.ManagedRestoreResult;
import io.dynavault.core.validate.ValidationResult;
import java.util.Optional;

/**
 * A restore by AWS that has ended.
 *
 * @param validation what reading the table back has shown, where it was asked for
 */
record ManagedTableRestore(ManagedRestoreResult result, Optional<ValidationResult> validation)
    implements ValidatedTable {
  ManagedTableRestore {
    requireNonNull(result, "result is null");
    requireNonNull(validation, "validation is null");
  }
}
