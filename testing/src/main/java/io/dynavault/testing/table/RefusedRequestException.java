// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.table;

/** The server answered with an error. */
public final class RefusedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedRequestException(String operation, int status, String body) {
    super(operation + " was refused with HTTP " + status + ": " + body);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
