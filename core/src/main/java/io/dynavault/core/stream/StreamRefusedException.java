// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A server refused to read a stream for a reason that a reader can do something about. */
public final class StreamRefusedException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it refused. */
  public enum Reason {
    /** The iterator is older than 15 minutes. */
    EXPIRED_ITERATOR,
    /** The place lies before the oldest record that there still is. */
    TRIMMED,
    /** There is no such stream or shard. */
    NOT_FOUND
  }

  public StreamRefusedException(Reason reason, String message) {
    this(reason, message, null);
  }

  StreamRefusedException(Reason reason, String message, @Nullable Throwable cause) {
    super(code(reason), message, code(reason).hint(), cause);
    this.reason = requireNonNull(reason, "reason is null");
  }

  private static ErrorCode code(Reason reason) {
    return reason == Reason.NOT_FOUND ? ErrorCode.RESOURCE_NOT_FOUND : ErrorCode.REQUEST_REFUSED;
  }

  public Reason reason() {
    return reason;
  }
}
