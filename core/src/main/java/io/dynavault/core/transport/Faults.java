// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Transport faults in words. */
final class Faults {
  private Faults() {}

  static String describe(IOException fault) {
    String detail = Printable.text(fault.getMessage() == null ? "" : fault.getMessage());
    if (fault instanceof UnknownHostException) {
      return "unknown host: " + detail;
    }
    if (fault instanceof SocketTimeoutException) {
      return "no answer in time: " + detail;
    }
    return detail.isEmpty() ? fault.getClass().getSimpleName() : detail;
  }
}
