// SPDX-License-Identifier: Apache-2.0
package io.dynavault.local;

import static java.util.Objects.requireNonNull;

/** A server of this machine cannot be started. The message says why, the hint what to do. */
public final class LocalServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  LocalServerException(String message, String hint) {
    super(message);
    this.hint = requireNonNull(hint, "hint is null");
  }

  LocalServerException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = requireNonNull(hint, "hint is null");
  }

  /** What to do about it: one sentence, lower case, no full stop. */
  public String hint() {
    return hint;
  }
}
