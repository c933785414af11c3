// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.TimeText;
import io.dynavault.core.vault.LockState;
import io.dynavault.core.vault.VaultLock;
import java.time.Instant;
import java.util.Locale;

/** A vault's lock in words and as JSON. */
final class LockText {

  private LockText() {}

  static String describe(LockState state, Instant now) {
    String ignored =
        state.ignored().isEmpty()
            ? ""
            : "; ignored, because the lock forbids it: " + String.join(", ", state.ignored());
    return state.lock().map(lock -> describe(lock, now)).orElse("none") + ignored;
  }

  static String describe(VaultLock lock, Instant now) {
    String max =
        lock.maxRetentionDays().isPresent()
            ? " to " + lock.maxRetentionDays().getAsInt() + " days"
            : " days at least";
    return lock.mode().name().toLowerCase(Locale.ROOT)
        + ", retention "
        + lock.minRetentionDays()
        + max
        + lock.lockDate().map(date -> changeable(date, now)).orElse(", can be changed");
  }

  static ObjectNode json(VaultLock lock, Instant now) {
    ObjectNode json =
        Json.object()
            .put("mode", lock.mode().name())
            .put("minRetentionDays", lock.minRetentionDays())
            .put("final", lock.isFinal(now));
    lock.maxRetentionDays().ifPresent(days -> json.put("maxRetentionDays", days));
    lock.lockDate().ifPresent(date -> json.put("lockDate", Json.time(date)));
    return json;
  }

  private static String changeable(Instant lockDate, Instant now) {
    return lockDate.isAfter(now)
        ? ", can be changed until " + TimeText.moment(lockDate)
        : ", final since " + TimeText.moment(lockDate);
  }
}
