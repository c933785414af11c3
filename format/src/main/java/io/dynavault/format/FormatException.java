// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format;

import static java.util.Objects.requireNonNull;

/**
 * Bytes that are not what the format demands: a malformed page, a damaged data file, a manifest
 * whose checksum differs. The message says what was found and where (byte offset, line or object
 * key) and never contains attribute values.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(requireNonNull(message, "message is null"));
  }

  public FormatException(String message, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
  }

  /** Never null, unlike that of other exceptions. */
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }
}
