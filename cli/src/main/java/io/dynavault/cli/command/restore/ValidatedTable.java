// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import io.dynavault.core.validate.ValidationResult;
import java.util.Optional;

/** A restore that has ended, and may have been validated. */
interface ValidatedTable {

  /** What reading the table back has shown, where it was asked for. */
  Optional<ValidationResult> validation();
}
