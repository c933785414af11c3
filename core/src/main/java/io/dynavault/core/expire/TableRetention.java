// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.chain.ExportChain;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides on the recovery points of one table. */
final class TableRetention {
  private final List<RetentionRule> rules;
  private final LastGood lastGood;
  private final Instant now;
  private final List<Judged> judged;

  /** A recovery point and the reasons found so far to keep it. */
  private record Judged(ExpireCandidate candidate, List<Reason> reasons) {
    void keep(Reason.Kind kind, String text) {
      reasons.add(new Reason(kind, text));
    }

    RecoveryPoint point() {
      return candidate.entry().point();
    }

    Instant start() {
      return point().startTime();
    }
  }

  /**
   * @param newestFirst all recovery points of the table
   */
  TableRetention(
      List<RetentionRule> rules,
      LastGood lastGood,
      Instant now,
      List<ExpireCandidate> newestFirst) {
    this.rules = requireNonNull(rules, "rules is null");
    this.lastGood = requireNonNull(lastGood, "lastGood is null");
    this.now = requireNonNull(now, "now is null");
    this.judged = newestFirst.stream().map(c -> new Judged(c, new ArrayList<>())).toList();
  }

  List<ExpirePlan.Decision> decide() {
    judged.forEach(this::keepWhatIsProtected);
    for (RetentionRule rule : rules) {
      keepByRule(rule, Quality.GOOD);
      keepByRule(rule, Quality.FILTERED);
      keepByRule(rule, Quality.INCREMENTAL);
    }
    if (lastGood == LastGood.KEEP) {
      keepLastGood();
    }
    keepChains();
    return judged.stream().map(TableRetention::decision).toList();
  }

  private void keepWhatIsProtected(Judged one) {
    RecoveryPoint point = one.point();
    one.candidate().protections().forEach(p -> one.keep(Reason.Kind.PROTECTED, p.text()));
    one.candidate()
        .doubt()
        .ifPresent(
            why ->
                one.keep(
                    Reason.Kind.UNKNOWN, "not known whether it is whole: " + why.getMessage()));
    point
        .deleteAfter()
        .filter(until -> until.isAfter(now))
        .ifPresent(until -> one.keep(Reason.Kind.LIFECYCLE, "lifecycle until " + until));
    if (isFutureDated(one)) {
      one.keep(Reason.Kind.FUTURE_DATED, "dated in the future: " + one.start());
    }
    if (point.deleteAfter().isEmpty() && rules.stream().noneMatch(rule -> rule.matches(point))) {
      one.keep(Reason.Kind.NO_RULE, "no rule is about it");
    }
  }

  /** Each quality is counted apart, so that a filtered backup never takes a good one's place. */
  private void keepByRule(RetentionRule rule, Quality quality) {
    List<Judged> counted =
        counting(quality).stream().filter(one -> rule.matches(one.point())).toList();
    String what = what(quality);
    for (int i = 0; i < Math.min(rule.keepLast(), counted.size()); i++) {
      counted.get(i).keep(Reason.Kind.LAST, "last " + (i + 1) + what);
    }
    rule.keepWithin().ifPresent(age -> keepWithin(counted, age, what));
    rule.keepPeriods().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> keepPeriods(counted, e.getKey(), e.getValue(), rule.zone(), what));
  }

  private static String what(Quality quality) {
    return switch (quality) {
      case GOOD, DAMAGED, UNKNOWN -> "";
      case FILTERED -> " of the filtered";
      case INCREMENTAL -> " of the incremental";
    };
  }

  private static void keepWithin(List<Judged> counted, Duration age, String what) {
    counted.stream()
        .filter(one -> age(one, counted.get(0)).compareTo(age) <= 0)
        .forEach(
            one -> one.keep(Reason.Kind.WITHIN, "within " + words(age) + " of the newest" + what));
  }

  private static void keepPeriods(
      List<Judged> counted, Period period, int count, ZoneId zone, String what) {
    Set<String> seen = new HashSet<>();
    for (Judged one : counted) {
      String name = period.of(one.start().atZone(zone));
      if (seen.size() < count && seen.add(name)) {
        one.keep(Reason.Kind.PERIOD, period.word() + " " + name + what);
      }
    }
  }

  /**
   * Changes are worth nothing without the full backup that their window begins in, or the changes
   * before them that lead to one. From the newest to the oldest, so that whole chains are kept;
   * once more, until nothing is added, because exports of old windows can be made late.
   */
  private void keepChains() {
    boolean added = true;
    while (added) {
      added = false;
      for (Judged one : judged) {
        if (!one.reasons().isEmpty()) {
          for (Judged base : bases(one)) {
            base.keep(Reason.Kind.CHAIN, "changes that are kept build on it");
            added = true;
          }
        }
      }
    }
  }

  /** What a recovery point needs and no reason keeps yet; nothing where it is not incremental. */
  private List<Judged> bases(Judged one) {
    Optional<ExportWindow> window = window(one);
    if (window.isEmpty()) {
      return List.of();
    }
    List<Judged> exact = exactBases(window.get());
    if (!exact.isEmpty()) {
      return exact.stream().filter(base -> base.reasons().isEmpty()).toList();
    }
    Optional<Judged> full =
        judged.stream()
            .filter(other -> other.candidate().quality() == Quality.GOOD)
            .filter(other -> !other.start().isBefore(window.get().from()))
            .filter(other -> !other.start().isAfter(window.get().to()))
            .findFirst();
    Stream<Judged> bases = full.map(Stream::of).orElseGet(() -> before(window.get()));
    return bases.filter(base -> base.reasons().isEmpty()).toList();
  }

  /**
   * What a chain goes on from: the full exports of the moment in which the window begins, or else
   * the windows that end there. Where there is neither the chain has a hole, and what surrounds it
   * is kept, because the hole may be closed.
   */
  private List<Judged> exactBases(ExportWindow window) {
    List<Judged> full =
        judged.stream()
            .filter(other -> ExportChain.canBeBase(other.point()))
            .filter(other -> other.start().equals(window.from()))
            .toList();
    if (!full.isEmpty()) {
      return full;
    }
    return judged.stream()
        .filter(other -> window(other).filter(w -> w.to().equals(window.from())).isPresent())
        .toList();
  }

  /** The changes whose windows reach the beginning of this one. */
  private Stream<Judged> before(ExportWindow later) {
    return judged.stream()
        .filter(
            other ->
                window(other)
                    .filter(earlier -> earlier.from().isBefore(later.from()))
                    .filter(earlier -> !earlier.to().isBefore(later.from()))
                    .isPresent());
  }

  private static Optional<ExportWindow> window(Judged one) {
    return one.point().content() instanceof StoredExport export
        ? export.window()
        : Optional.empty();
  }

  /** Where nothing is good, the best of what there is stays: it may be all that is left. */
  private void keepLastGood() {
    for (Quality quality : Quality.values()) {
      List<Judged> counted = counting(quality);
      if (!counted.isEmpty()) {
        String text =
            quality == Quality.GOOD ? "last good of table" : "nothing better of table is left";
        counted.get(0).keep(Reason.Kind.LAST_GOOD, text);
        return;
      }
    }
  }

  private List<Judged> counting(Quality quality) {
    return judged.stream()
        .filter(one -> one.candidate().quality() == quality && !isFutureDated(one))
        .toList();
  }

  private boolean isFutureDated(Judged one) {
    return one.start().isAfter(now.plus(ExpirePlanner.TOLERANCE));
  }

  private static ExpirePlan.Decision decision(Judged one) {
    if (!one.reasons().isEmpty()) {
      return new ExpirePlan.Decision(one.candidate(), ExpirePlan.Action.KEEP, one.reasons());
    }
    return new ExpirePlan.Decision(
        one.candidate(), ExpirePlan.Action.REMOVE, List.of(whyRemoved(one)));
  }

  private static Reason whyRemoved(Judged one) {
    Optional<Instant> ended = one.point().deleteAfter();
    if (ended.isPresent()) {
      return new Reason(Reason.Kind.LIFECYCLE_ENDED, "lifecycle ended at " + ended.get());
    }
    if (one.candidate().quality() == Quality.DAMAGED) {
      return new Reason(Reason.Kind.NOT_KEPT, "damaged, and not the only one left");
    }
    return new Reason(Reason.Kind.NOT_KEPT, "no rule keeps it");
  }

  private static Duration age(Judged one, Judged newest) {
    return Duration.between(one.start(), newest.start());
  }

  private static String words(Duration age) {
    if (age.equals(Duration.ofDays(age.toDays()))) {
      return age.toDays() + " days";
    }
    return age.equals(Duration.ofHours(age.toHours())) ? age.toHours() + " hours" : age.toString();
  }
}
