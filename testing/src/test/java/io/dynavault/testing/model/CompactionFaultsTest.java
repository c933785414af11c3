// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.backup.BackupOptions;
import io.dynavault.core.capture.CaptureOptions.Until;
import io.dynavault.core.compact.CompactPlan;
import io.dynavault.core.compact.CompactRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import io.dynavault.testing.model.ProcessSwitch.Killed;
import io.dynavault.testing.simulation.Scorecard;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A compaction of which one call to the vault goes wrong. Whatever call it is, every second before
 * and after the one that is compacted can be restored as it could before; the next compaction ends
 * well, later seconds then begin with the new base, and go on doing so when the old one and the
 * changes before it are gone; gc leaves nothing that nobody needs.
 */
@Tag("F12")
@Tag("G9")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompactionFaultsTest {
  private static final long SEED = Long.getLong("model.seed", 20_261_121);

  /** What changes the vault: a kill between two of them is as one before the second. */
  private static final Set<Operation> WRITES =
      Set.of(
          Operation.PUT,
          Operation.PUT_IF_ABSENT,
          Operation.REPLACE,
          Operation.BEGIN_UPLOAD,
          Operation.WRITE_UPLOAD,
          Operation.COMMIT_UPLOAD,
          Operation.DELETE);

  /** Of failures, which retries make good, a part is tried. */
  private static final int EVERY = Integer.getInteger("model.every", 16);

  private static final Scorecard SCORECARD = new Scorecard();

  private CapturedWorld world;
  private List<Instant> moments;
  private Instant compacted;

  /** What goes wrong. */
  enum Trouble {
    FAILS,
    ANSWER_IS_LOST,
    OUTAGE,
    KILLED_BEFORE,
    KILLED_AFTER;

    private Faults at(int number) {
      return switch (this) {
        case FAILS -> Faults.at(number, Fault.fail(ErrorCode.STORE_FAILED));
        case ANSWER_IS_LOST -> Faults.at(number, Fault.loseAnswer());
        case OUTAGE -> Faults.from(number, Fault.fail(ErrorCode.SERVICE_UNAVAILABLE));
        case KILLED_BEFORE -> Faults.from(number, dying());
        case KILLED_AFTER ->
            call ->
                call.number() == number
                    ? Optional.of(Fault.loseAnswer())
                    : Faults.from(number, dying()).of(call);
      };
    }

    private static Fault dying() {
      return Fault.before(
          () -> {
            throw new Killed();
          });
    }

    /** Which of the calls it is tried at, from 1. */
    private IntStream tried(List<Operation> calls) {
      return IntStream.rangeClosed(1, calls.size())
          .filter(
              number ->
                  this == KILLED_BEFORE
                      ? WRITES.contains(calls.get(number - 1))
                      : (number + List.of(values()).indexOf(this) * 5) % EVERY == 0);
    }
  }

  @BeforeAll
  void capture() throws InterruptedException {
    world = new CapturedWorld(SEED, new MemoryTables());
    world.busy(2);
    new CaptureProcess(world).stopAfter(Duration.ofSeconds(70)).run(Until.STOPPED);
    KnownHistory.catchUp(world);
    KnownHistory history = new KnownHistory(world);
    List<Instant> all = history.moments();
    compacted = nearTheMiddle(all, history);
    moments =
        List.of(
            all.get(0),
            all.get(all.size() / 4),
            compacted.minusSeconds(1),
            compacted,
            compacted.plusSeconds(1),
            compacted.plusSeconds(7),
            all.get(all.size() - 1));
    for (Instant moment : moments) {
      assertThat(history.mismatches(moment)).as("items at %s", moment).isZero();
    }
  }

  /** A second around which all moments are made of one base, so that a new one shows. */
  private static Instant nearTheMiddle(List<Instant> all, KnownHistory history) {
    return all.subList(all.size() / 3, all.size()).stream()
        .filter(
            second ->
                base(history, second.minusSeconds(1)).equals(base(history, second.plusSeconds(7))))
        .findFirst()
        .orElseThrow();
  }

  @AfterAll
  void writeScorecard() {
    world.close();
    SCORECARD.set("seed", SEED).write("compaction-faults");
  }

  @ParameterizedTest
  @EnumSource
  void everySecondStaysAsItWas(Trouble trouble) throws Exception {
    List<Operation> calls = new ArrayList<>();
    compact(
        new VaultCopy(world),
        call -> {
          calls.add(call.operation());
          return Optional.empty();
        });
    List<Integer> tried = trouble.tried(calls).boxed().toList();

    List<String> bad =
        tried.parallelStream()
            .map(number -> run(trouble, number))
            .filter(Objects::nonNull)
            .toList();

    SCORECARD
        .set(trouble + ".calls", calls.size())
        .set(trouble + ".cases", tried.size())
        .set(trouble + ".violations", bad.size());
    assertThat(calls).hasSizeGreaterThan(40);
    assertThat(tried).isNotEmpty();
    assertThat(bad).as("seed %d", SEED).isEmpty();
  }

  private @Nullable String run(Trouble trouble, int number) {
    VaultCopy vault = new VaultCopy(world);
    try {
      try {
        compact(vault, trouble.at(number));
      } catch (Killed e) {
        assertThat(trouble).isIn(Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER);
      } catch (DynavaultException e) {
        assertThat(e.code()).as(e.getMessage()).isNotEqualTo(ErrorCode.BUG);
      }
      requireAsItWas(vault, moments);
      vault.pass(Duration.ofMinutes(2)); // in which the leases of the dead run out
      compact(vault, Faults.none());
      requireNewBase(vault);
      vault.collectGarbage();
      vault.requireNothingLeftOver();
      requireAsItWas(vault, moments);
      vault.expireBefore(compacted);
      vault.collectGarbage();
      vault.requireNothingLeftOver();
      requireAsItWas(vault, moments.subList(moments.indexOf(compacted), moments.size()));
      requireRefused(vault, compacted.minusSeconds(1));
      return null;
    } catch (AssertionError | RuntimeException | InterruptedException e) {
      return trouble + " at call " + number + ": " + e;
    }
  }

  private void compact(VaultCopy copy, Faults faults) throws InterruptedException {
    Vault vault = copy.open(faults);
    MomentPlan content =
        copy.history().planner().plan(copy.history().windows(), compacted, Set.of());
    BackupOptions options =
        new BackupOptions(
            1,
            Optional.empty(),
            OutputFormat.DYNAMODB_JSON,
            Compression.GZIP,
            4_000,
            Map.of(),
            Optional.empty());
    RecoveryPointId id = RecoveryPointId.create(copy.time().instant(), copy.random());
    new CompactRun(vault, copy.context(), "test").run(new CompactPlan(id, content, options));
  }

  private void requireAsItWas(VaultCopy vault, List<Instant> seconds) throws InterruptedException {
    KnownHistory history = vault.history();
    history.requireEveryChangeOnce();
    for (Instant moment : seconds) {
      assertThat(history.mismatches(moment)).as("items of %s that are wrong", moment).isZero();
    }
  }

  /** Later moments begin with it, earlier ones with the old one. */
  private void requireNewBase(VaultCopy vault) {
    KnownHistory history = vault.history();
    assertThat(base(history, compacted)).isEqualTo(base(history, compacted.plusSeconds(7)));
    assertThat(base(history, compacted)).isNotEqualTo(base(history, compacted.minusSeconds(1)));
  }

  private static RecoveryPointId base(KnownHistory history, Instant moment) {
    return history.planner().plan(history.windows(), moment, Set.of()).base().id();
  }

  private static void requireRefused(VaultCopy vault, Instant moment) {
    KnownHistory history = vault.history();
    assertThatThrownBy(() -> history.planner().plan(history.windows(), moment, Set.of()))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIME_INVALID));
  }
}
