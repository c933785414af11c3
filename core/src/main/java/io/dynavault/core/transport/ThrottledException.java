// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/** The service asked to slow down; the caller's rate controller decides when to go on. */
public final class ThrottledException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  public ThrottledException(String message) {
    super(ErrorCode.THROTTLED, message);
  }
}
