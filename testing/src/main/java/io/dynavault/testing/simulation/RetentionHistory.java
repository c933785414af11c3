// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dynavault.core.backup.BackupPlan;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.Method;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.RecoveryPointParser;
import io.dynavault.core.vault.RunRecord;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultLock;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.format.layout.ObjectKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A random history of a vault: good backups among incomplete, filtered, unreadable and failed ones,
 * held, locked, read, with lifecycles and dated in the future. Retention runs in it once, with
 * random rules, and what it has left is judged without asking how it decided.
 */
public final class RetentionHistory {
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int MOST_POINTS = 10;
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  /** SHA-256 of {@link #CONTENT}. */
  private static final String SHA256 =
      "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

  private final Random random;
  private final Simulation world;
  private final Vault vault;
  private final BackupPlan plan;
  private final List<Member> members = new ArrayList<>();
  private Optional<Integer> lockedDays = Optional.empty();

  /** What a point of the history is. */
  private enum Kind {
    GOOD,
    /** Made with a filter. */
    FILTERED,
    /** Its record is there, one of its files is not. */
    WITHOUT_FILE,
    /** Its record cannot be read. */
    UNREADABLE,
    /** It was cut short: a journal and a file, no record. */
    FAILED
  }

  private record Member(
      RecoveryPoint point, Kind kind, Instant committed, boolean isHeld, boolean isRead) {
    String record() {
      return ObjectKeys.recoveryPoint(point.tableName(), point.id().value());
    }
  }

  public RetentionHistory(long seed) {
    random = new Random(seed);
    world = new Simulation(random.nextLong());
    try (SimulatedProcess process = world.begin()) {
      vault = process.vault();
      plan = process.plan(Map.of());
    }
  }

  /**
   * Makes the history, expires, and judges.
   *
   * @return how many recovery points were removed
   * @throws Violation if something is gone that must not be
   */
  public int run() throws InterruptedException {
    int points = random.nextInt(1, MOST_POINTS + 1);
    for (int i = 0; i < points; i++) {
      world.time().pass(Duration.ofMinutes(random.nextInt(1, 3_000)));
      members.add(add());
    }
    if (random.nextInt(4) == 0) {
      lockedDays = Optional.of(random.nextInt(1, 6));
      vault.lockLog().lock(VaultLock.governance(lockedDays.get(), OptionalInt.empty()));
    }
    for (Member member : members) {
      if (member.isRead() && isRecorded(member)) {
        vault.leases().mark(Mark.Kind.READING, Simulation.TABLE, member.point().id().value());
      }
    }
    int keepLast = random.nextInt(0, 5);
    expire(keepLast);
    List<Member> removed = new ArrayList<>(members);
    removed.removeIf(member -> !isRecorded(member) || isThere(member));
    Violation.ifNot(Violation.Kind.SILENT_LOSS, () -> judge(keepLast, removed));
    return removed.size();
  }

  private Member add() throws InterruptedException {
    boolean future = random.nextInt(8) == 0;
    Instant now = world.time().instant();
    Instant start = future ? now.plus(Duration.ofDays(random.nextInt(30, 400))) : now;
    Kind kind = KINDS.get(Math.max(0, random.nextInt(10) - 5));
    Member member =
        new Member(point(start, kind), kind, now, random.nextInt(8) == 0, random.nextInt(8) == 0);
    store(member);
    if (member.isHeld() && isRecorded(member)) {
      vault.holds().hold(Simulation.TABLE, member.point().id(), new Hold("audit", "auditor", now));
    }
    return member;
  }

  private RecoveryPoint point(Instant start, Kind kind) {
    RecoveryPointId id = RecoveryPointId.create(start, random);
    LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
    String folder = ObjectKeys.export(day, Simulation.TABLE, id.value()).folder();
    Optional<Instant> deleteAfter =
        random.nextInt(3) == 0
            ? Optional.of(start.plus(Duration.ofHours(random.nextInt(1, 400))))
            : Optional.empty();
    return new RecoveryPoint(
        id,
        Method.SCAN,
        plan.table(),
        start,
        start.plusSeconds(60),
        new StoredExport(
            folder,
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            1,
            10,
            List.of(
                new StoredFile(folder + "/data/one.json.gz", CONTENT.length, SHA256, 1),
                new StoredFile(folder + "/manifest-summary.json", CONTENT.length, SHA256, 0)),
            Optional.empty()),
        RecoveryPoint.Consistency.NON_CONSISTENT,
        kind == Kind.FILTERED,
        deleteAfter,
        Map.of(),
        "test");
  }

  private void store(Member member) {
    RecoveryPoint point = member.point();
    point.files().forEach(file -> world.vault().put(file.key(), CONTENT));
    switch (member.kind()) {
      case GOOD, FILTERED -> world.vault().put(member.record(), RecoveryPointParser.write(point));
      case WITHOUT_FILE -> {
        world.vault().put(member.record(), RecoveryPointParser.write(point));
        world.vault().delete(point.files().get(random.nextInt(2)).key());
      }
      case UNREADABLE -> world.vault().put(member.record(), CONTENT);
      case FAILED ->
          vault
              .runs()
              .begin(
                  new RunRecord(
                      RunRecord.Kind.BACKUP,
                      point.tableName(),
                      point.id(),
                      point.export().exportPrefix(),
                      member.committed(),
                      "test",
                      JsonNodeFactory.instance.objectNode()));
    }
  }

  private void expire(int keepLast) throws InterruptedException {
    List<RetentionRule> rules =
        keepLast == 0 ? List.of() : List.of(RetentionRule.builder().keepLast(keepLast).build());
    ExpirePlan expirePlan =
        new ExpireSurvey(vault, ManagedBackups.none())
            .plan(new ExpirePlanner(rules, LastGood.KEEP));
    new ExpireRun(vault, LastGood.KEEP, ManagedBackups.none()).run(expirePlan);
  }

  private void judge(int keepLast, List<Member> removed) {
    Instant now = world.time().instant();
    List<Member> good = new ArrayList<>(members);
    good.removeIf(member -> member.kind() != Kind.GOOD || isFutureDated(member, now));
    good.sort(Comparator.comparing((Member member) -> member.point().startTime()).reversed());
    Set<Member> newest = good.stream().limit(Math.max(1, keepLast)).collect(Collectors.toSet());
    for (Member gone : removed) {
      assertThat(newest).as("the newest good ones").doesNotContain(gone);
      assertThat(gone.isHeld()).as("held").isFalse();
      assertThat(gone.isRead()).as("read").isFalse();
      assertThat(isFutureDated(gone, now)).as("dated in the future").isFalse();
      assertThat(gone.kind()).isNotIn(Kind.UNREADABLE, Kind.FAILED);
      assertThat(gone.point().deleteAfter().filter(now::isBefore)).as("lifecycle").isEmpty();
      assertThat(keepLast > 0 || gone.point().deleteAfter().isPresent()).as("a rule").isTrue();
      lockedDays.ifPresent(
          days ->
              assertThat(gone.committed().plus(Duration.ofDays(days)))
                  .as("locked")
                  .isBeforeOrEqualTo(now));
    }
    members.stream().filter(member -> !removed.contains(member)).forEach(this::requireUntouched);
  }

  private void requireUntouched(Member member) {
    long files =
        member.point().files().stream()
            .filter(file -> world.vault().stat(file.key()).isPresent())
            .count();
    assertThat(files)
        .as("files of %s", member)
        .isEqualTo(member.kind() == Kind.WITHOUT_FILE ? 1 : 2);
    if (member.kind() == Kind.FAILED) {
      assertThat(vault.runs().find(Simulation.TABLE, member.point().id())).isPresent();
    }
  }

  private static boolean isFutureDated(Member member, Instant now) {
    return member.point().startTime().isAfter(now.plus(ExpirePlanner.TOLERANCE));
  }

  private static boolean isRecorded(Member member) {
    return member.kind() != Kind.FAILED;
  }

  private boolean isThere(Member member) {
    return world.vault().stat(member.record()).isPresent();
  }
}
