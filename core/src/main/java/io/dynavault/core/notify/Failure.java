// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import java.util.regex.Pattern;

/**
 * Why something failed, fit to leave the system: messages hold no secrets and no attribute values
 * anyway, keys of items are taken out here.
 *
 * @param error name of the error code
 * @param hint what to do about it; may be empty
 */
public record Failure(String error, String message, String hint) {
  /** A key in DynamoDB JSON, from its first brace on. */
  private static final Pattern KEY = Pattern.compile("\\{\\s*\"[^\\n]*\\}");

  public Failure {
    requireNonNull(error, "error is null");
    message = withoutKeys(message);
    hint = withoutKeys(hint);
  }

  public static Failure of(DynavaultException e) {
    return new Failure(e.code().name(), e.getMessage(), e.hint());
  }

  private static String withoutKeys(String text) {
    return KEY.matcher(text).replaceAll("{...}");
  }
}
