// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a table can be restored to a point in time.
 *
 * @param window the times that it can be restored to; empty where recovery is off
 */
public record RecoveryStatus(String tableName, Optional<Window> window) {

  /**
   * @param days how far back AWS keeps changes
   * @param earliest inclusive; later than {@code days} ago where recovery is younger
   * @param latest inclusive; some minutes ago
   */
  public record Window(int days, Instant earliest, Instant latest) {
    public Window {
      requireNonNull(earliest, "earliest is null");
      requireNonNull(latest, "latest is null");
    }

    public boolean contains(Instant time) {
      return !time.isBefore(earliest) && !time.isAfter(latest);
    }
  }

  public RecoveryStatus {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(window, "window is null");
  }

  public boolean isOn() {
    return window.isPresent();
  }

  /**
   * The window, if a restore to a time can be had.
   *
   * @param time empty is the latest possible
   * @throws DynavaultException {@code PITR_OFF} or {@code TIME_INVALID}
   */
  public Window requireRestorable(Optional<Instant> time) {
    Window restorable =
        window.orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.PITR_OFF,
                    "unable to restore table '%s' to a point in time: point-in-time recovery is off"
                        .formatted(tableName),
                    "switch it on with: dynavault pitr enable --table "
                        + tableName
                        + "; only what happens from then on is restorable"));
    if (time.isPresent() && !restorable.contains(time.get())) {
      throw new DynavaultException(
          ErrorCode.TIME_INVALID,
          "unable to restore table '%s' to %s: it can be restored from %s to %s"
              .formatted(tableName, time.get(), restorable.earliest(), restorable.latest()),
          "give a time between these two, or latest");
    }
    return restorable;
  }
}
