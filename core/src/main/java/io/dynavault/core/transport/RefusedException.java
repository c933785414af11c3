// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/** An error answer of the service. {@link #awsError} is its name, such as ValidationException. */
public final class RefusedException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  private final String awsError;
  private final boolean repeated;

  public RefusedException(ErrorCode code, String awsError, String message) {
    this(code, awsError, message, code.hint());
  }

  public RefusedException(ErrorCode code, String awsError, String message, String hint) {
    this(code, awsError, message, hint, false);
  }

  private RefusedException(
      ErrorCode code, String awsError, String message, String hint, boolean repeated) {
    super(code, message, hint);
    this.awsError = awsError;
    this.repeated = repeated;
  }

  /** The same answer to a request that was sent before. */
  RefusedException asRepeated() {
    return new RefusedException(code(), awsError, String.valueOf(getMessage()), hint(), true);
  }

  /** Whether the request had been sent before: what is refused may be what that one has done. */
  public boolean isRepeated() {
    return repeated;
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
