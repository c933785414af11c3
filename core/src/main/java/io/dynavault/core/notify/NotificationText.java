// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.notify;

import io.dynavault.core.notify.Notification.Operation;
import io.dynavault.core.notify.Notification.Result;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A notification in words, for a phone: short lines, what failed first. The subject keeps the rules
 * of Amazon SNS (API Reference, "Publish"): printable ASCII, less than 100 characters.
 */
public final class NotificationText {
  /** Longest subject. */
  public static final int SUBJECT_LENGTH = 99;

  /** More tables than anybody scrolls through; JSON has all. */
  private static final int TABLES_SHOWN = 100;

  private final Notification notification;

  public NotificationText(Notification notification) {
    this.notification = notification;
  }

  /** One line, such as {@code Dynavault backup FAILED: 2 of 14 tables, vault nightly}. */
  public String subject() {
    String text = "Dynavault " + headline() + vault(", vault ");
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() <= SUBJECT_LENGTH
        ? ascii
        : ascii.substring(0, SUBJECT_LENGTH - 3) + "...";
  }

  /** What is told, in lines of text. */
  public String body() {
    return String.join("\n", lines()) + "\n";
  }

  /** The lines of {@link #body()}. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(capital(headline()));
    notification.failure().ifPresent(failure -> add(lines, "", failure));
    if (!notification.tables().isEmpty()) {
      lines.add("");
    }
    notification.tables().stream().limit(TABLES_SHOWN).forEach(table -> add(lines, table));
    int more = notification.tables().size() - TABLES_SHOWN;
    if (more > 0) {
      lines.add("... and %s more".formatted(count(more, "table")));
    }
    lines.add("");
    notification.vault().ifPresent(vault -> lines.add("vault: " + oneLine(vault)));
    lines.add(
        "started: %s, took %s"
            .formatted(
                notification.started().truncatedTo(ChronoUnit.SECONDS),
                span(notification.duration())));
    lines.add("dynavault " + notification.toolVersion());
    return lines;
  }

  private String headline() {
    if (notification.operation() == Operation.NOTIFY_TEST) {
      return "test message: notifications arrive";
    }
    String what = notification.operation().text() + " " + word(notification.outcome());
    int all = notification.tables().size();
    if (all == 0) {
      return what;
    }
    if (notification.failure().isPresent()) {
      return what + ", " + count(notification.count(Result.SUCCESS), "table") + " done";
    }
    long failed = notification.count(Result.FAILURE);
    long partial = notification.count(Result.PARTIAL);
    if (failed == 0 && partial == 0) {
      return what + ": " + count(all, "table");
    }
    String failures = "%d of %s".formatted(failed + partial, count(all, "table"));
    return what + ": " + failures;
  }

  private static void add(List<String> lines, TableLine table) {
    lines.add("%s %s%s".formatted(mark(table.outcome()), table.tableName(), figures(table)));
    table.recoveryPoint().ifPresent(id -> lines.add("  " + oneLine(id)));
    table.note().ifPresent(note -> lines.add("  " + oneLine(note)));
    table.failure().ifPresent(failure -> add(lines, "  ", failure));
  }

  private static void add(List<String> lines, String indent, Failure failure) {
    lines.add(indent + failure.error() + ": " + oneLine(failure.message()));
    if (!failure.hint().isEmpty()) {
      lines.add(indent + "HINT: " + oneLine(failure.hint()));
    }
  }

  private static String figures(TableLine table) {
    List<String> figures = new ArrayList<>();
    table.items().ifPresent(items -> figures.add(count(items, "item")));
    table.bytes().ifPresent(bytes -> figures.add(size(bytes)));
    table.duration().ifPresent(duration -> figures.add(span(duration)));
    return figures.isEmpty() ? "" : ": " + String.join(", ", figures);
  }

  private String vault(String before) {
    return notification.vault().map(vault -> before + vault).orElse("");
  }

  private static String mark(Result result) {
    return switch (result) {
      case FAILURE -> "FAILED";
      case PARTIAL -> "PARTIAL";
      case SUCCESS -> "OK";
    };
  }

  private static String word(Result result) {
    return result == Result.SUCCESS ? "succeeded" : mark(result);
  }

  private static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private static String size(long bytes) {
    String[] units = {"KiB", "MiB", "GiB", "TiB"};
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  private static String span(Duration duration) {
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return duration.toHours() > 0
        ? "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart())
        : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
  }

  /** What comes from outside must not make lines of its own. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
