// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What AWS says about an export.
 *
 * @param itemCount of a completed export
 * @param failure of a failed one
 */
public record ExportState(Status status, OptionalLong itemCount, Optional<Failure> failure) {

  /** How far it is. */
  public enum Status {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  /**
   * Why AWS has failed.
   *
   * @param code such as {@code S3NoSuchBucket}
   */
  public record Failure(String code, String message) {
    public Failure {
      requireNonNull(code, "code is null");
      requireNonNull(message, "message is null");
    }
  }

  public ExportState {
    requireNonNull(status, "status is null");
    requireNonNull(itemCount, "itemCount is null");
    requireNonNull(failure, "failure is null");
  }

  /** Whether AWS works on it no more. */
  public boolean hasEnded() {
    return status != Status.IN_PROGRESS;
  }
}
