// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Optional;

/**
 * How a run of the program said that it ended.
 *
 * @param failure why it failed; empty is success
 */
public record Report(Optional<DynavaultException> failure) {
  public Report {
    requireNonNull(failure, "failure is null");
  }

  static final Report SUCCESS = new Report(Optional.empty());

  /** A run that ended and said that not all of it went well. */
  static Report incomplete(String what) {
    return new Report(Optional.of(new DynavaultException(ErrorCode.INCOMPLETE, what)));
  }

  /** Success only if nothing is left. */
  static Report successIf(boolean complete, Object result) {
    return complete ? SUCCESS : incomplete(result.toString());
  }

  /** Whether it said that all went well. */
  public boolean success() {
    return failure.isEmpty();
  }
}
