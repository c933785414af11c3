// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.layout.VaultKeys;
import io.dynavault.testing.simulation.ProcessFaults.Place;
import io.dynavault.testing.store.Fault;
import io.dynavault.testing.store.Faults;
import io.dynavault.testing.store.Operation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One use case in a world of its own: it runs with a fault, then once more without, and after each
 * what must be true is looked at.
 */
public final class FaultTrial {
  private static final int MOST_ATTEMPTS = 3;

  private final UseCase useCase;
  private final Simulation world;
  private final Invariants invariants;
  private final SortedMap<String, String> source;
  private final SortedMap<String, String> target;
  private final Set<RecoveryPointId> committed;

  /** Prepares a world in which there is something to do. */
  public FaultTrial(UseCase useCase, long seed) throws InterruptedException {
    this(useCase, prepared(useCase, seed));
  }

  /** In a world that was prepared for the use case, and that is used by nobody else. */
  FaultTrial(UseCase useCase, Simulation world) {
    this.useCase = useCase;
    this.world = world;
    this.invariants = new Invariants(world);
    this.source = world.items();
    this.target =
        world.dynamoDb().exists(UseCase.TARGET)
            ? world.dynamoDb().contents(UseCase.TARGET)
            : new TreeMap<>();
    this.committed = invariants.committed();
  }

  /** A world in which there is something to do. */
  static Simulation prepared(UseCase useCase, long seed) throws InterruptedException {
    Simulation world = new Simulation(seed);
    for (int i = 0; i < (useCase == UseCase.EXPIRE ? 3 : 2); i++) {
      world.begin().backup();
      world.change(15);
      world.time().pass(Duration.ofHours(1));
    }
    if (useCase.restores() && useCase != UseCase.RESTORE_NEW) {
      prepareTarget(world, useCase);
    }
    if (useCase == UseCase.GC) {
      leaveDebris(world);
    }
    return world;
  }

  /** Some items as in the recovery point, some changed, some that it does not have. */
  static void prepareTarget(Simulation world, UseCase useCase) {
    world.createTable(UseCase.TARGET);
    if (useCase == UseCase.RESTORE_REQUIRE_EMPTY) {
      return;
    }
    if (useCase != UseCase.RESTORE_FAIL) {
      world.items().values().stream().limit(10).forEach(i -> world.put(UseCase.TARGET, i));
    }
    for (int extra = 200; extra < 208; extra++) {
      world.put(UseCase.TARGET, Simulation.item(Simulation.key(extra), extra));
    }
  }

  /** A backup, a deletion and a copy that were cut short, and a hold on what is gone. */
  private static void leaveDebris(Simulation world) throws InterruptedException {
    world.begin().backup();
    RecoveryPointId oldest = world.first();
    Fault gone = Fault.fail(ErrorCode.SERVICE_UNAVAILABLE);
    Attempt.of(world, ProcessFaults.at(Place.ITEMS, Faults.from(12, gone)), UseCase.BACKUP::run);
    Faults atFiles =
        call ->
            call.operation() == Operation.DELETE && call.subject().startsWith("data/")
                ? Optional.of(gone)
                : Optional.empty();
    Attempt.of(
        world,
        ProcessFaults.at(Place.VAULT, atFiles),
        process -> {
          process.delete(oldest);
          return Report.SUCCESS;
        });
    Attempt.of(
        world, ProcessFaults.at(Place.OTHER_VAULT, Faults.from(30, gone)), UseCase.COPY::run);
    world
        .vault()
        .put(
            VaultKeys.logEntry(VaultKeys.holds(Simulation.TABLE, oldest.value()), 1),
            new byte[] {'{', '}'});
    world.passADay();
  }

  /** Where it happens. */
  public Simulation world() {
    return world;
  }

  /** Runs the use case with faults and judges; returns what the first run said of itself. */
  public Report run(ProcessFaults faults) throws InterruptedException {
    Report first = Attempt.of(world, faults, useCase::run);
    check();
    if (first.success()) {
      requireDone();
    }
    return makeGood(first);
  }

  /**
   * The same, with a listing that is not whole and does not say so. Nobody can tell, so less may be
   * done than was asked for; but nothing may be done wrong.
   */
  public Report runWithLies(ProcessFaults faults) throws InterruptedException {
    Report first = Attempt.of(world, faults, useCase::run);
    check();
    return makeGood(first);
  }

  private Report makeGood(Report first) throws InterruptedException {
    Report last = first;
    for (int i = 0; i < MOST_ATTEMPTS && (i == 0 || !last.success()); i++) {
      last = Attempt.of(world, ProcessFaults.none(), useCase::again);
      check();
    }
    assertThat(last.failure()).as("the program cannot make good what went wrong").isEmpty();
    requireDone();
    invariants.afterwards();
    return first;
  }

  private void check() {
    assertThat(world.items()).as("the table that is backed up").isEqualTo(source);
    Set<RecoveryPointId> lost = new HashSet<>(committed);
    lost.removeAll(invariants.committed());
    lost.removeAll(mayBeGone());
    assertThat(lost).as("recovery points that nobody deleted are gone").isEmpty();
    invariants.whileBroken();
    if (useCase.restores()) {
      checkTarget();
    }
  }

  private Set<RecoveryPointId> mayBeGone() {
    return switch (useCase) {
      case EXPIRE, DELETE, GC -> Set.of(world.first());
      default -> Set.of();
    };
  }

  /** What the program says it has done is done. */
  private void requireDone() {
    Set<RecoveryPointId> now = invariants.committed();
    switch (useCase) {
      case BACKUP -> {
        Set<RecoveryPointId> made = new HashSet<>(now);
        made.removeAll(committed);
        assertThat(made).as("recovery points that were made").isNotEmpty();
      }
      case COPY -> assertThat(invariants.copied()).as("copies").containsAll(now);
      case EXPIRE -> assertThat(now).hasSize(UseCase.KEPT);
      case DELETE -> assertThat(now).doesNotContain(world.first());
      case VERIFY, GC -> assertThat(now).isEqualTo(committed);
      default ->
          assertThat(world.dynamoDb().contents(UseCase.TARGET))
              .as("the restored table")
              .isEqualTo(expectation().wanted());
    }
  }

  private void checkTarget() {
    if (world.dynamoDb().exists(UseCase.TARGET)) {
      expectation().check(world.dynamoDb().contents(UseCase.TARGET));
    }
  }

  private RestoreExpectation expectation() {
    return new RestoreExpectation(useCase, target, invariants.latest());
  }
}
