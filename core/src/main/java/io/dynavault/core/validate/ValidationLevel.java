// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of a restored table is compared. */
public sealed interface ValidationLevel {

  /** As users write it, such as {@code sample:100}. */
  String text();

  /** The number of items on both sides. */
  record Counts() implements ValidationLevel {
    @Override
    public String text() {
      return "counts";
    }
  }

  /**
   * Some items, chosen by chance and compared completely.
   *
   * @param items how many; all, where there are no more
   * @param seed what the choice follows from; empty takes another one each time
   */
  record Sample(int items, OptionalLong seed) implements ValidationLevel {
    /** So many fit into memory with their keys. */
    public static final int MOST = 1_000_000;

    public Sample {
      if (items < 1 || items > MOST) {
        throw new IllegalArgumentException("items out of range 1 to " + MOST + ": " + items);
      }
      requireNonNull(seed, "seed is null");
    }

    @Override
    public String text() {
      return "sample:" + items + (seed.isPresent() ? ":" + seed.getAsLong() : "");
    }
  }

  /** Every item of both sides. */
  record All() implements ValidationLevel {
    @Override
    public String text() {
      return "all";
    }
  }

  /**
   * Reads {@code counts}, {@code sample:N}, {@code sample:N:SEED} or {@code all}.
   *
   * @throws DynavaultException {@code USAGE} for anything else
   */
  static ValidationLevel parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (word.equals("counts")) {
      return new Counts();
    }
    if (word.equals("all")) {
      return new All();
    }
    Matcher sample = Pattern.compile("sample:([0-9]{1,9})(?::(-?[0-9]{1,18}))?").matcher(word);
    if (sample.matches()) {
      int items = Integer.parseInt(sample.group(1));
      if (items >= 1 && items <= Sample.MOST) {
        String seed = sample.group(2);
        return new Sample(
            items, seed == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed)));
      }
    }
    throw new DynavaultException(
        ErrorCode.USAGE,
        "unable to validate with '" + text + "': it is not counts, sample:N or all",
        "N is a number of items from 1 to 1000000, such as sample:100");
  }
}
