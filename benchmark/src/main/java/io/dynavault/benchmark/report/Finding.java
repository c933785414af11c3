// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.report;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * A figure beside its goal.
 *
 * @param reached whether it is as good as was wanted
 */
public record Finding(String subject, String goal, String measured, boolean reached) {
  public Finding {
    requireNonNull(subject, "subject is null");
    requireNonNull(goal, "goal is null");
    requireNonNull(measured, "measured is null");
  }

  /** A cost as a share of another one's: {@code 1/5.2}, to be at most one of {@code goal}. */
  public static Finding share(String subject, double cost, double of, double goal) {
    return new Finding(
        subject, "at most 1/" + plain(goal), "1/" + plain(of / cost), of / cost >= goal);
  }

  /** A figure that is to stay below another. */
  public static Finding below(String subject, double measured, double goal, String unit) {
    return new Finding(
        subject, "under %s %s".formatted(plain(goal), unit), text(measured, unit), measured < goal);
  }

  /** A speed that is at least to be reached. */
  public static Finding atLeast(String subject, double measured, double goal, String unit) {
    return new Finding(
        subject, "at least " + whole(goal, unit), whole(measured, unit), measured >= goal);
  }

  /** A ratio that is to be at most so much. */
  public static Finding times(String subject, double measured, double goal) {
    return new Finding(
        subject,
        "at most %s times".formatted(plain(goal)),
        text(measured, "times"),
        measured <= goal);
  }

  private static String whole(double number, String unit) {
    return String.format(Locale.ROOT, "%,.0f %s", number, unit);
  }

  private static String text(double number, String unit) {
    return "%s %s".formatted(plain(number), unit);
  }

  /** With as many digits as mean something. */
  static String plain(double number) {
    String text = String.format(Locale.ROOT, number < 100 ? "%.2f" : "%.0f", number);
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }
}
