// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/** An error answer of the service. {@link #awsError} is its name, such as ValidationException. */
public final class RefusedException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  private final String awsError;

  public RefusedException(ErrorCode code, String awsError, String message) {
    this(code, awsError, message, code.hint());
  }

  public RefusedException(ErrorCode code, String awsError, String message, String hint) {
    super(code, message, hint);
    this.awsError = awsError;
  }

  public String awsError() {
    return awsError;
  }

  /**
   * Whether the server did not answer as AWS does, which names its errors: it has no such
   * operation, and perhaps says so with an error of its own.
   */
  public boolean isNotOffered() {
    return code() == ErrorCode.UNSUPPORTED || awsError.startsWith(ErrorAnswer.NAMELESS);
  }
}
