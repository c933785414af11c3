// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.store.UnfinishedUpload;
import io.dynavault.format.layout.RecoveryPointKey;
import java.util.List;

/**
 * What was found.
 *
 * @param uploads unfinished uploads to discard
 * @param left what looks like debris and is not, or not yet
 */
public record GcPlan(List<Debris> debris, List<UnfinishedUpload> uploads, List<Left> left) {
  public GcPlan {
    debris = List.copyOf(debris);
    uploads = List.copyOf(uploads);
    left = List.copyOf(left);
  }

  /**
   * Something that was left alone.
   *
   * @param what kind of thing, such as {@code a run}
   * @param reason why, such as {@code it can be resumed until …}
   */
  public record Left(String what, RecoveryPointKey point, String reason) {
    public Left {
      requireNonNull(what, "what is null");
      requireNonNull(point, "point is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** Stored bytes that would be freed, without unfinished uploads, whose size nobody knows. */
  public long bytes() {
    return debris.stream().mapToLong(Debris::bytes).sum();
  }
}
