// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.stream;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;

/**
 * Changes of a table are lost to whoever reads its stream, or will not be recorded in it any more.
 * What was handed on before is whole; it cannot be continued.
 */
public final class StreamGapException extends DynavaultException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String detail;

  /** What became of the changes. */
  public enum Reason {
    /** They were removed from the stream, which keeps them for a day, before they were read. */
    TRIMMED,
    /** A shard vanished before it was read to its end. */
    SHARD_LOST,
    /** The stream was switched off, and all it has was read. */
    STREAM_DISABLED,
    /** The stream does not exist any more. */
    STREAM_GONE
  }

  /**
   * @param detail one sentence: what is missing where, lower case, no full stop
   */
  public StreamGapException(Reason reason, String streamArn, String detail) {
    super(
        ErrorCode.INCOMPLETE,
        "unable to go on reading stream '" + streamArn + "': " + detail,
        "start continuous backup again: it begins with a new base");
    this.reason = requireNonNull(reason, "reason is null");
    this.detail = requireNonNull(detail, "detail is null");
  }

  public Reason reason() {
    return reason;
  }

  /** What is missing where. */
  public String detail() {
    return detail;
  }
}
