// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a user can meet. The message says what could not be done to what, in lower case
 * and without a full stop; the hint says what to do about it. Neither contains secrets or attribute
 * values.
 */
public class DynavaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String hint;

  public DynavaultException(ErrorCode code, String message) {
    this(code, message, code.hint(), null);
  }

  public DynavaultException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  public DynavaultException(ErrorCode code, String message, Throwable cause) {
    this(code, message, code.hint(), cause);
  }

  public DynavaultException(
      ErrorCode code, String message, String hint, @Nullable Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.code = requireNonNull(code, "code is null");
    this.hint = requireNonNull(hint, "hint is null");
  }

  /** Never null, unlike that of other exceptions. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public ErrorCode code() {
    return code;
  }

  /** What to do about it: one sentence, lower case, no full stop. */
  public String hint() {
    return hint;
  }
}
