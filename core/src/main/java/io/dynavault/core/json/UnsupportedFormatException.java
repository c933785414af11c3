// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.json;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/** A document of a major version that this program does not know: nothing in it is believed. */
public final class UnsupportedFormatException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  UnsupportedFormatException(String what, String version) {
    super(
        ErrorCode.FORMAT_UNSUPPORTED,
        "unable to read " + what + ": its format version " + version + " is not known");
  }
}
