// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.NamePattern;
import io.dynavault.core.vault.RecoveryPoint;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to keep of the recovery points that it matches, table by table. It keeps what any of its
 * parts keeps.
 *
 * @param tables pattern of table names, with {@code *} and {@code ?}
 * @param tags tags that a recovery point must have to be matched, all of them
 * @param keepLast how many of the newest
 * @param keepWithin those at most so much older than the newest: where backups stopped, nothing
 *     more is removed
 * @param keepPeriods of how many periods with a backup to keep the newest one
 * @param zone in which days, weeks, months and years begin
 */
public record RetentionRule(
    NamePattern tables,
    Map<String, String> tags,
    int keepLast,
    Optional<Duration> keepWithin,
    Map<Period, Integer> keepPeriods,
    ZoneId zone) {
  public RetentionRule {
    requireNonNull(tables, "tables is null");
    tags = Map.copyOf(tags);
    requireNonNull(keepWithin, "keepWithin is null");
    keepPeriods = Map.copyOf(keepPeriods);
    requireNonNull(zone, "zone is null");
    boolean negative =
        keepLast < 0
            || keepWithin.filter(Duration::isNegative).isPresent()
            || keepPeriods.values().stream().anyMatch(count -> count < 0);
    if (negative) {
      throw invalid("a number of recovery points or an age is negative");
    }
    boolean keepsNothing =
        keepLast == 0
            && keepWithin.filter(age -> !age.isZero()).isEmpty()
            && keepPeriods.values().stream().allMatch(count -> count == 0);
    if (keepsNothing) {
      throw invalid("it keeps nothing");
    }
  }

  /** Begins a rule for all recovery points, in UTC, that keeps nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  boolean matches(RecoveryPoint point) {
    return tables.matches(point.tableName())
        && point.tags().entrySet().containsAll(tags.entrySet());
  }

  private static DynavaultException invalid(String reason) {
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to use the retention rule: " + reason,
        "say what to keep, such as --keep-last 3 or --keep-daily 7");
  }

  /** Collects the parts of a rule. */
  public static final class Builder {
    private NamePattern tables = new NamePattern("*");
    private Map<String, String> tags = Map.of();
    private int keepLast;
    private Optional<Duration> keepWithin = Optional.empty();
    private final Map<Period, Integer> keepPeriods = new EnumMap<>(Period.class);
    private ZoneId zone = ZoneOffset.UTC;

    private Builder() {}

    public Builder tables(String pattern) {
      tables = new NamePattern(pattern);
      return this;
    }

    public Builder tags(Map<String, String> required) {
      tags = required;
      return this;
    }

    public Builder keepLast(int count) {
      keepLast = count;
      return this;
    }

    public Builder keepWithin(Duration age) {
      keepWithin = Optional.of(age);
      return this;
    }

    public Builder keep(Period period, int count) {
      keepPeriods.put(period, count);
      return this;
    }

    public Builder zone(ZoneId where) {
      zone = where;
      return this;
    }

    /**
     * The rule.
     *
     * @throws DynavaultException {@code CONFIG_INVALID} if it keeps nothing or a number is negative
     */
    public RetentionRule build() {
      return new RetentionRule(tables, tags, keepLast, keepWithin, keepPeriods, zone);
    }
  }
}
