// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a user names a recovery point. */
public sealed interface Selector {
  /** The newest of a table. */
  record Latest() implements Selector {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /** The newest of a table that was complete at a moment. */
  record At(Instant time) implements Selector {
    public At {
      requireNonNull(time, "time is null");
    }

    @Override
    public String toString() {
      return "at " + time;
    }
  }

  /** The one whose id begins with this, in any table; a whole id is its own prefix. */
  record IdPrefix(String prefix) implements Selector {
    public IdPrefix {
      requireNonNull(prefix, "prefix is null");
    }

    @Override
    public String toString() {
      return prefix;
    }
  }

  /** Digits of the time, then a dash and hex digits. */
  Pattern ID_PREFIX = Pattern.compile("[0-9]{1,14}|[0-9]{14}-[0-9a-f]{0,8}");

  /**
   * Reads {@code latest}, an id or the beginning of one.
   *
   * @throws DynavaultException {@code USAGE} for anything else
   */
  static Selector parse(String text) {
    if (text.toLowerCase(Locale.ROOT).equals("latest")) {
      return new Latest();
    }
    if (!ID_PREFIX.matcher(text).matches()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to select a recovery point by '" + text.replaceAll("[^ -~]", "?") + "'",
          "write latest, an id such as 01795253400123-0a1b2c3d, or the beginning of one");
    }
    return new IdPrefix(text);
  }
}
