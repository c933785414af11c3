// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long AWS Backup keeps a recovery point, in days from its creation. Without a number of days
 * it is never moved, never deleted.
 *
 * @param coldAfterDays when it is moved to cold storage
 * @param deleteAfterDays when it is deleted
 */
public record Lifecycle(OptionalInt coldAfterDays, OptionalInt deleteAfterDays) {
  /** Kept for ever, never cold. */
  public static final Lifecycle FOR_EVER = new Lifecycle(OptionalInt.empty(), OptionalInt.empty());

  /** What AWS takes and gives for "never". */
  private static final long NEVER = -1;

  private static final int MAX_DAYS = 36_500;

  /** Cold storage is paid for at least so long. */
  private static final int MIN_COLD_DAYS = 90;

  /**
   * @throws IllegalArgumentException if AWS would refuse it; the message says why
   */
  public Lifecycle {
    requireNonNull(coldAfterDays, "coldAfterDays is null");
    requireNonNull(deleteAfterDays, "deleteAfterDays is null");
    requireRange("deletion", deleteAfterDays);
    requireRange("cold storage", coldAfterDays);
    if (coldAfterDays.isPresent()
        && deleteAfterDays.isPresent()
        && deleteAfterDays.getAsInt() < coldAfterDays.getAsInt() + MIN_COLD_DAYS) {
      throw new IllegalArgumentException(
          "deletion after "
              + deleteAfterDays.getAsInt()
              + " days has to be at least 90 days after the move to cold storage, which is after "
              + coldAfterDays.getAsInt());
    }
  }

  /** Deleted after so many days, never cold. */
  public static Lifecycle deleteAfter(int days) {
    return new Lifecycle(OptionalInt.empty(), OptionalInt.of(days));
  }

  /** What AWS told; nothing means for ever. */
  public static Lifecycle of(
      software.amazon.awssdk.services.backup.model.@Nullable Lifecycle lifecycle) {
    if (lifecycle == null) {
      return FOR_EVER;
    }
    return new Lifecycle(
        days(lifecycle.moveToColdStorageAfterDays()), days(lifecycle.deleteAfterDays()));
  }

  /** The members of a request; what is never is left out. */
  public software.amazon.awssdk.services.backup.model.Lifecycle toRequest() {
    software.amazon.awssdk.services.backup.model.Lifecycle.Builder builder =
        software.amazon.awssdk.services.backup.model.Lifecycle.builder();
    coldAfterDays.ifPresent(days -> builder.moveToColdStorageAfterDays((long) days));
    deleteAfterDays.ifPresent(days -> builder.deleteAfterDays((long) days));
    return builder.build();
  }

  /** The members of a request that takes away what was set: what is never is said. */
  public software.amazon.awssdk.services.backup.model.Lifecycle toUpdate() {
    return software.amazon.awssdk.services.backup.model.Lifecycle.builder()
        .moveToColdStorageAfterDays(
            coldAfterDays.isPresent()
                ? Long.valueOf(coldAfterDays.getAsInt())
                : Long.valueOf(NEVER))
        .deleteAfterDays(
            deleteAfterDays.isPresent()
                ? Long.valueOf(deleteAfterDays.getAsInt())
                : Long.valueOf(NEVER))
        .build();
  }

  /** For people: {@code cold after 30 days, deleted after 365 days}. */
  public String describe() {
    String deleted =
        deleteAfterDays.isPresent()
            ? "deleted after " + deleteAfterDays.getAsInt() + " days"
            : "kept for ever";
    return coldAfterDays.isPresent()
        ? "cold after " + coldAfterDays.getAsInt() + " days, " + deleted
        : deleted;
  }

  private static OptionalInt days(@Nullable Long days) {
    return days == null || days < 0 ? OptionalInt.empty() : OptionalInt.of(days.intValue());
  }

  private static void requireRange(String what, OptionalInt days) {
    if (days.isPresent() && (days.getAsInt() < 1 || days.getAsInt() > MAX_DAYS)) {
      throw new IllegalArgumentException(
          what + " after " + days.getAsInt() + " days is not within 1 to " + MAX_DAYS + " days");
    }
  }
}
