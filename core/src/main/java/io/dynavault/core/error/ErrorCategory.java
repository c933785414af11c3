// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

/** Who has to act on an error, for counting failures by kind. */
public enum ErrorCategory {
  USER,
  NOT_FOUND,
  CONFLICT,
  ACCESS,
  THROTTLED,
  EXTERNAL,
  CORRUPT,
  STATE_UNKNOWN,
  INTERNAL
}
