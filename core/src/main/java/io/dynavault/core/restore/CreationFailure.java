// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.transport.RefusedException;
import java.util.Optional;

/**
 * What a failed request for a table says about the table. A request that the client has sent again,
 * because it got no answer, may be refused for what the first one did.
 */
final class CreationFailure {
  private CreationFailure() {}

  /** Whether the table that is in the way may be the one that was asked for. */
  static boolean mayBeOurs(DynavaultException failure) {
    return failure.code() == ErrorCode.TABLE_EXISTS
        && refusal(failure).filter(RefusedException::isRepeated).isPresent();
  }

  /** Whether there is certainly no table of ours. */
  static boolean provesNoTable(DynavaultException failure) {
    Optional<RefusedException> refusal = refusal(failure);
    return refusal.isEmpty()
        ? failure.code() == ErrorCode.TABLE_EXISTS
        : !refusal.get().isRepeated() && failure.code() != ErrorCode.SERVICE_UNAVAILABLE;
  }

  private static Optional<RefusedException> refusal(DynavaultException failure) {
    if (failure instanceof RefusedException refused) {
      return Optional.of(refused);
    }
    return failure.getCause() instanceof RefusedException refused
        ? Optional.of(refused)
        : Optional.empty();
  }
}
