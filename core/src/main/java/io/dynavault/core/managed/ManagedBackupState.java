// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.managed;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What AWS says about a backup that it keeps.
 *
 * @param sizeBytes its size, where AWS tells
 */
public record ManagedBackupState(Status status, OptionalLong sizeBytes) {

  /** Whether it can be restored, and why not. */
  public enum Status {
    /** It can be restored. */
    AVAILABLE("it is available"),
    /** AWS is still making it. */
    CREATING("AWS is still making it"),
    /** AWS is deleting it. */
    DELETING("AWS is deleting it"),
    /** It is there and cannot be restored: incomplete, stopped or expired. */
    UNUSABLE("AWS has it, but not whole"),
    /** AWS does not know it, or no longer. */
    ABSENT("AWS does not have it any more");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  public ManagedBackupState {
    requireNonNull(status, "status is null");
    requireNonNull(sizeBytes, "sizeBytes is null");
  }

  /** One whose size is not told. */
  public static ManagedBackupState of(Status status) {
    return new ManagedBackupState(status, OptionalLong.empty());
  }

  /** Whether it can be restored. */
  public boolean isAvailable() {
    return status == Status.AVAILABLE;
  }
}
