// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a rule runs: AWS's cron expression of six fields, and the time zone that it is meant in.
 *
 * @param expression such as {@code cron(0 3 * * ? *)}
 * @param zone an IANA name
 */
public record PlanSchedule(String expression, String zone) {
  /** What AWS takes where nothing is said. */
  public static final String DEFAULT_ZONE = "UTC";

  private static final Pattern FORM = Pattern.compile("cron\\((.*)\\)", Pattern.CASE_INSENSITIVE);
  private static final int FIELDS = 6;

  /** A schedule that runs more often than this is refused by AWS. */
  private static final Duration LEAST_GAP = Duration.ofHours(1);

  /** Runs that are looked at to find the smallest gap: more than a day of hourly ones. */
  private static final int LOOKED_AT = 30;

  /**
   * Makes blanks and case uniform, and names of UTC one. Not checked: what is in the account may be
   * what a document cannot say.
   */
  public PlanSchedule {
    requireNonNull(expression, "expression is null");
    requireNonNull(zone, "zone is null");
    zone = zone.equals("Etc/UTC") ? DEFAULT_ZONE : zone;
    expression = normal(expression);
  }

  /**
   * Reads a cron expression or one of the friendly forms: {@code hourly}, {@code every 6 hours},
   * {@code daily at 03:00}, {@code weekly on sunday at 02:00}, {@code monthly on day 1 at 04:00}.
   *
   * @throws IllegalArgumentException if it is none of these, or AWS would refuse it
   */
  public static PlanSchedule parse(String text, String zone) {
    PlanSchedule schedule = new PlanSchedule(FriendlySchedule.toCron(text.strip()), zone);
    schedule.requireValid();
    return schedule;
  }

  /**
   * The next times at which it runs, oldest first.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  public List<Instant> next(Instant after, int count) {
    ExecutionTime times = ExecutionTime.forCron(cron());
    ZonedDateTime time = after.atZone(zoneId());
    List<Instant> found = new ArrayList<>();
    while (found.size() < count) {
      Optional<ZonedDateTime> next = times.nextExecution(time);
      if (next.isEmpty()) {
        return found;
      }
      time = next.get();
      found.add(time.toInstant());
    }
    return found;
  }

  private void requireValid() {
    List<Instant> runs = next(Instant.EPOCH.plus(Duration.ofDays(20_000)), LOOKED_AT);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("'" + expression + "' never runs");
    }
    for (int i = 1; i < runs.size(); i++) {
      if (Duration.between(runs.get(i - 1), runs.get(i)).compareTo(LEAST_GAP) < 0) {
        throw new IllegalArgumentException(
            "'" + expression + "' runs more often than once an hour, which AWS Backup refuses");
      }
    }
  }

  private Cron cron() {
    String fields = fields(expression);
    String[] parts = fields.split(" ");
    if (parts.length != FIELDS) {
      throw new IllegalArgumentException(
          "'"
              + expression
              + "' has "
              + parts.length
              + " fields, not six: minutes, hours, day of month, month, day of week, year");
    }
    if (parts[2].equals("?") == parts[4].equals("?")) {
      throw new IllegalArgumentException(
          "'" + expression + "' needs '?' as day of month or as day of week, and as one only");
    }
    try {
      return new CronParser(definition()).parse(fields);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + expression + "' is not a cron expression: " + e.getMessage(), e);
    }
  }

  private ZoneId zoneId() {
    // An offset such as +02:00 is a zone for Java, but not for AWS.
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new IllegalArgumentException(
          "'" + zone + "' is not a time zone, such as Europe/Berlin");
    }
    return ZoneId.of(zone);
  }

  /** What is no cron expression, but is in the account, stays as it is. */
  private static String normal(String expression) {
    return FORM.matcher(expression.strip()).matches()
        ? "cron(" + fields(expression) + ")"
        : expression.strip();
  }

  private static String fields(String expression) {
    Matcher matcher = FORM.matcher(expression.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + expression + "' is not of the form cron(…)");
    }
    return matcher.group(1).strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
  }

  /** EventBridge's cron, which AWS Backup refers to. */
  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withValidRange(0, 59)
        .withStrictRange()
        .and()
        .withHours()
        .withValidRange(0, 23)
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withValidRange(1, 31)
        .supportsL()
        .supportsW()
        .supportsQuestionMark()
        .and()
        .withMonth()
        .withValidRange(1, 12)
        .and()
        .withDayOfWeek()
        .withValidRange(1, 7)
        .withMondayDoWValue(2)
        .supportsL()
        .supportsHash()
        .supportsQuestionMark()
        .and()
        .withYear()
        .withValidRange(1970, 2199)
        .and()
        .instance();
  }
}
