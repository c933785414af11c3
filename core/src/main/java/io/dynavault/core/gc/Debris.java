// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.gc;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.layout.RecoveryPointKey;
import java.util.List;

/**
 * Objects that nothing refers to any more.
 *
 * @param point the recovery point that they were, or were to become; of a restore request its table
 *     and its name, of a continuous backup its table and its chain
 * @param keys the objects, in the order in which they may be removed: what names the others is last
 * @param bytes their stored size
 */
public record Debris(Kind kind, RecoveryPointKey point, List<String> keys, long bytes) {
  /** How it came to be. */
  public enum Kind {
    /** A run that was cut short and that nobody resumed. */
    ABANDONED_RUN("a run that was cut short and not resumed"),
    /** The journal of a run that committed and died before it had cleaned up. */
    FINISHED_JOURNAL("the journal of a run that has committed"),
    /** Entries of a journal that is gone. */
    STRAY_JOURNAL("entries of a journal that is gone"),
    /** A deletion that died after it had deleted the record. */
    UNFINISHED_DELETION("files of a deleted recovery point"),
    /** The journal of a deletion that died before it had deleted the record. */
    WITHDRAWN_DELETION("the journal of a deletion that deleted nothing"),
    /** Files in the folder of a recovery point that its record does not name. */
    STRAY_FILES("files beside a recovery point that do not belong to it"),
    /** An upload that was begun and has not ended. */
    UNFINISHED_UPLOAD("an upload that was begun and has not ended"),
    /** A mark of a process that died. */
    RUN_OUT_MARK("the mark of a process that died"),
    /** Journals of restores that have ended, or that nobody can or will resume. */
    RESTORE_JOURNAL("the journal of a restore that has ended or that nobody resumed"),
    /** What a request to the restore function was answered, long ago. */
    REQUEST_ANSWER("the answer to a restore request of long ago"),
    /** How far a request to the restore function had come that has ended or that nobody goes on. */
    REQUEST_CHECKPOINT("the checkpoint of a restore request that has ended or that was left"),
    /** Holds on a recovery point that does not exist. */
    ORPHANED_HOLD("holds on a recovery point that is gone"),
    /** Change files of a continuous backup that no commit names. */
    UNNAMED_CHANGES("change files that no commit of the continuous backup names"),
    /** Commits of a continuous backup whose expiry was cut short. */
    EXPIRED_COMMITS("commits of the continuous backup that have expired"),
    /** The lease of the copy that made a recovery point that was deleted since. */
    COPY_LEASE("the lease of a copy whose recovery point is gone");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }

  public Debris {
    requireNonNull(kind, "kind is null");
    requireNonNull(point, "point is null");
    keys = List.copyOf(keys);
  }
}
