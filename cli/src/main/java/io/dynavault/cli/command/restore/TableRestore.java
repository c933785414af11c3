// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.restore.RestoreResult;
import java.util.Optional;

/**
 * A restore that has ended.
 *
 * @param verification what reading the table back has shown, where it was asked for
 */
record TableRestore(RestoreResult result, Optional<CompareResult> verification) {
  TableRestore {
    requireNonNull(result, "result is null");
    requireNonNull(verification, "verification is null");
  }
}
