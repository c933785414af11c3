// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The periods of a grandfather-father-son rotation. */
public enum Period {
  /** An hour of the clock; the two hours of one name when summer time ends are two. */
  HOURLY {
    @Override
    String of(ZonedDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.HOURS));
    }
  },
  DAILY {
    @Override
    String of(ZonedDateTime time) {
      return time.toLocalDate().toString();
    }
  },
  /** A week of ISO 8601: from Monday to Sunday. */
  WEEKLY {
    @Override
    String of(ZonedDateTime time) {
      int year = time.get(IsoFields.WEEK_BASED_YEAR);
      int week = time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      return String.format(Locale.ROOT, "%d-W%02d", year, week);
    }
  },
  MONTHLY {
    @Override
    String of(ZonedDateTime time) {
      return YearMonth.from(time).toString();
    }
  },
  YEARLY {
    @Override
    String of(ZonedDateTime time) {
      return String.valueOf(time.getYear());
    }
  };

  /** The name of the period that a moment lies in, unique in its kind. */
  abstract String of(ZonedDateTime time);

  /** The word for reasons, such as {@code daily}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
