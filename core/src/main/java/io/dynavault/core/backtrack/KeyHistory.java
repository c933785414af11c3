// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the changes of one key say: where the image at a time and the last one stand. They may come
 * in any order. The rules are those of docs/format/continuous.md, section 7: the last change before
 * the time decides by its new image, or else the first one at or after it by its old image.
 */
final class KeyHistory {
  private @Nullable Placed lastBefore;
  private @Nullable Placed firstSince;
  private @Nullable Placed last;
  private boolean inSpan;

  /** A change and where its key begins in the file. */
  private record Placed(SpooledChange change, long offset) {
    Image oldImage() {
      return new Image(offset + change.keyLength(), change.oldLength());
    }

    Image newImage() {
      return new Image(
          offset + change.keyLength() + Math.max(0, change.oldLength()), change.newLength());
    }
  }

  /** A part of the file; without an image its length is {@link SpooledChange#NONE}. */
  record Image(long offset, int length) {}

  void add(SpooledChange change, long offset, BacktrackRequest request) {
    Instant time = Instant.EPOCH.plus(change.micros(), ChronoUnit.MICROS);
    Placed placed = new Placed(change, offset);
    if (last == null || last.change().isBefore(change)) {
      last = placed;
    }
    if (time.isBefore(request.toTime())) {
      if (lastBefore == null || lastBefore.change().isBefore(change)) {
        lastBefore = placed;
      }
      return;
    }
    inSpan |= request.isInSpan(time);
    if (firstSince == null || change.isBefore(firstSince.change())) {
      firstSince = placed;
    }
  }

  /** Whether it has changed since the time, within the span that is asked for. */
  boolean isWanted() {
    return firstSince != null && inSpan;
  }

  /** The item at the time. */
  Image target() {
    Placed before = lastBefore;
    if (before != null) {
      return before.newImage();
    }
    if (firstSince == null) {
      throw new IllegalStateException("no change");
    }
    return firstSince.oldImage();
  }

  /** The item after all changes. */
  Image known() {
    return latest().newImage();
  }

  /** Whether the last change was its expiry. */
  boolean isExpired() {
    return latest().change().expired();
  }

  /** Why the item is left alone. */
  Optional<String> keep(BacktrackRequest request) {
    Instant time = Instant.EPOCH.plus(latest().change().micros(), ChronoUnit.MICROS);
    return request
        .unlessChangedSince()
        .filter(since -> !time.isBefore(since))
        .map(since -> "it has changed at " + time.truncatedTo(ChronoUnit.SECONDS));
  }

  private Placed latest() {
    if (last == null) {
      throw new IllegalStateException("no change");
    }
    return last;
  }
}
