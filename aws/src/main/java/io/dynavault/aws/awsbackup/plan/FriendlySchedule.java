// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import io.dynavault.core.error.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules in words, as cron expressions. */
final class FriendlySchedule {
  private static final Pattern HOURLY = Pattern.compile("hourly(?: at :([0-5][0-9]))?");
  private static final Pattern EVERY = Pattern.compile("every ([0-9]{1,2}) hours?");
  private static final Pattern DAILY = Pattern.compile("daily at (\\S+)");
  private static final Pattern WEEKLY = Pattern.compile("weekly on (\\S+) at (\\S+)");
  private static final Pattern MONTHLY =
      Pattern.compile("monthly on (?:day ([0-9]{1,2})|(?:the )?last day) at (\\S+)");
  private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
  private static final List<String> DAYS =
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday");
  private static final int HOURS = 24;
  private static final int SHORTEST_MONTH = 28;

  private FriendlySchedule() {}

  /**
   * @return a cron expression; one that is given is returned as it is
   * @throws IllegalArgumentException if it is none of the forms
   */
  static String toCron(String text) {
    String words = text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    if (words.startsWith("cron(")) {
      return text;
    }
    Matcher matcher = HOURLY.matcher(words);
    if (matcher.matches()) {
      String minute = matcher.group(1) == null ? "0" : number(matcher.group(1));
      return "cron(" + minute + " * * * ? *)";
    }
    matcher = EVERY.matcher(words);
    if (matcher.matches()) {
      return everyHours(Integer.parseInt(matcher.group(1)));
    }
    matcher = DAILY.matcher(words);
    if (matcher.matches()) {
      return "cron(" + time(matcher.group(1)) + " * * ? *)";
    }
    matcher = WEEKLY.matcher(words);
    if (matcher.matches()) {
      return "cron(" + time(matcher.group(2)) + " ? * " + day(matcher.group(1)) + " *)";
    }
    matcher = MONTHLY.matcher(words);
    if (matcher.matches()) {
      String day = matcher.group(1) == null ? "L" : dayOfMonth(Integer.parseInt(matcher.group(1)));
      return "cron(" + time(matcher.group(2)) + " " + day + " * ? *)";
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a schedule such as 'daily at 03:00', 'weekly on sunday at 02:00',"
            + " 'monthly on day 1 at 04:00', 'every 6 hours', 'hourly' or 'cron(0 3 * * ? *)'");
  }

  /** AWS counts from midnight, so that only divisors of a day are what they say. */
  private static String everyHours(int hours) {
    if (hours < 1 || hours > HOURS || HOURS % hours != 0) {
      throw new IllegalArgumentException(
          "'every " + hours + " hours' does not divide a day: use 1, 2, 3, 4, 6, 8, 12 or 24");
    }
    return hours == HOURS ? "cron(0 0 * * ? *)" : "cron(0 0/" + hours + " * * ? *)";
  }

  /** Minutes and hours. */
  private static String time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a time of day such as 03:00");
    }
    return number(matcher.group(2)) + " " + number(matcher.group(1));
  }

  private static String day(String word) {
    for (String day : DAYS) {
      if (day.equals(word) || (word.length() >= 3 && day.startsWith(word))) {
        return day.substring(0, 3).toUpperCase(Locale.ROOT);
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "' is not a day of the week" + Suggestion.phrase(word, DAYS));
  }

  private static String dayOfMonth(int day) {
    if (day < 1 || day > SHORTEST_MONTH) {
      throw new IllegalArgumentException(
          "day " + day + " is not in every month: use 1 to 28, or 'monthly on the last day'");
    }
    return String.valueOf(day);
  }

  private static String number(String digits) {
    return String.valueOf(Integer.parseInt(digits));
  }
}
