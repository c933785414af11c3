// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a call fails with, to be asserted upon. */
public final class Failures {
  private Failures() {}

  /** The failure of a call, which must have this code. */
  public static DynavaultException failure(ErrorCode code, ThrowingCallable call) {
    DynavaultException failure = catchThrowableOfType(DynavaultException.class, call);
    assertThat(failure).as("a failure with code %s", code).isNotNull();
    assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
    return failure;
  }
}
