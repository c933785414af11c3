// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format;

/**
 * Bytes that are not what the format demands: a malformed page, a damaged data file, a manifest
 * whose checksum differs. The message says what was found and where (byte offset, line or object
 * key) and never contains attribute values.
 */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }

  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
