// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.testing.simulation.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A random history: runs of the program with random faults, some of them in the middle of others,
 * on a table that changes, while time passes and clocks jump. After every run what must be true is
 * looked at, and at the end the program has to make everything good.
 */
public final class FaultSchedule {
  private static final int STEPS = 12;
  private static final int MOST_ATTEMPTS = 4;

  private static final List<UseCase> RESTORES =
      List.of(
          UseCase.RESTORE_NEW,
          UseCase.RESTORE_OVERWRITE,
          UseCase.RESTORE_SKIP,
          UseCase.RESTORE_IDENTICAL,
          UseCase.RESTORE_CLEAR);

  private final Random random;
  private final Simulation world;
  private final Invariants invariants;
  private final RandomFaults faults;
  private final Set<RecoveryPointId> known = new TreeSet<>();
  private final Set<RecoveryPointId> deleted = ConcurrentHashMap.newKeySet();
  private final List<Integer> kept = new CopyOnWriteArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean inTheMiddle = new AtomicBoolean();
  private final Queue<Violation> foundMeanwhile = new ConcurrentLinkedQueue<>();

  public FaultSchedule(long seed) {
    random = new Random(seed);
    world = new Simulation(random.nextLong());
    invariants = new Invariants(world);
    faults = new RandomFaults(random, world);
  }

  /**
   * What a schedule went through.
   *
   * @param runs of the program
   * @param failures runs that said that they failed
   * @param injected faults by kind
   */
  public record Result(int runs, int failures, Map<String, Integer> injected) {}

  /**
   * Runs the schedule.
   *
   * @throws Violation if something is found that must not be
   */
  public Result run() throws InterruptedException {
    makeGood(UseCase.BACKUP);
    for (int step = 0; step < STEPS; step++) {
      kept.clear();
      step();
      judge();
      if (random.nextInt(3) == 0) {
        world.change(random.nextInt(1, 20));
      }
      letTimePass();
    }
    Violation.ifNot(Kind.UNRECOVERABLE, this::makeEverythingGood);
    return new Result(runs.get(), failures.get(), faults.injected());
  }

  private void step() throws InterruptedException {
    int dice = random.nextInt(12);
    if (dice < 4) {
      attempt(random.nextBoolean() ? UseCase.BACKUP::run : UseCase.BACKUP::again);
    } else if (dice < 6) {
      restore(RESTORES.get(random.nextInt(RESTORES.size())));
    } else if (dice == 6) {
      attempt(UseCase.COPY::run);
    } else {
      attempt(maintenance(dice));
    }
  }

  private Attempt.Work maintenance(int dice) {
    return switch (dice) {
      case 7, 8 -> {
        int keep = random.nextInt(1, 4);
        kept.add(keep);
        yield process -> process.expire(keep);
      }
      case 9 ->
          process -> {
            process.deleteOldest(deleted::add);
            return Report.SUCCESS;
          };
      case 10 -> UseCase.VERIFY::run;
      default -> UseCase.GC::run;
    };
  }

  private void attempt(Attempt.Work work) throws InterruptedException {
    report(work, faults.any(this::meanwhile));
  }

  private Report report(Attempt.Work work, ProcessFaults wrong) throws InterruptedException {
    runs.incrementAndGet();
    List<Report> reports = new ArrayList<>();
    Violation.ifNot(Kind.NOT_SAID, () -> reports.add(Attempt.of(world, wrong, work)));
    Report report = reports.get(0);
    if (!report.success()) {
      failures.incrementAndGet();
    }
    return report;
  }

  /**
   * Another process does something from beginning to end while one is at work, on whichever of its
   * threads: so it gets a thread that nobody interrupts.
   */
  private void meanwhile() {
    if (!inTheMiddle.compareAndSet(false, true)) {
      return;
    }
    int dice = random.nextInt(6, 12);
    Attempt.Work work = dice == 6 ? UseCase.BACKUP::run : maintenance(dice);
    Thread other = new Thread(() -> inTheMiddle(work), "meanwhile");
    other.start();
    boolean interrupted = false;
    while (other.isAlive()) {
      try {
        other.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    inTheMiddle.set(false);
  }

  private void inTheMiddle(Attempt.Work work) {
    try {
      report(work, ProcessFaults.none());
    } catch (Violation e) {
      foundMeanwhile.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A restore that goes wrong is repeated until it goes well; then every item is compared. */
  private void restore(UseCase useCase) throws InterruptedException {
    if (world.dynamoDb().exists(UseCase.TARGET)) {
      world.dynamoDb().client().deleteTable(b -> b.tableName(UseCase.TARGET));
    }
    if (useCase != UseCase.RESTORE_NEW) {
      FaultTrial.prepareTarget(world, useCase);
    }
    SortedMap<String, String> before = target();
    SortedMap<String, String> point;
    try (SimulatedProcess process = world.begin()) {
      var vault = process.vault();
      point = Invariants.items(vault, process.latest(vault).point());
    }
    RestoreExpectation expectation = new RestoreExpectation(useCase, before, point);
    Report report = report(useCase::run, faults.honest(() -> {}));
    Violation.ifNot(Kind.SILENT_LOSS, () -> expectation.check(target()));
    for (int i = 0; i < MOST_ATTEMPTS && !report.success(); i++) {
      report = report(useCase::again, ProcessFaults.none());
    }
    Report last = report;
    Violation.ifNot(Kind.UNRECOVERABLE, () -> assertThat(last.failure()).isEmpty());
    Violation.ifNot(Kind.SILENT_LOSS, () -> assertThat(target()).isEqualTo(expectation.wanted()));
  }

  private SortedMap<String, String> target() {
    return world.dynamoDb().exists(UseCase.TARGET)
        ? world.dynamoDb().contents(UseCase.TARGET)
        : new TreeMap<>();
  }

  private void letTimePass() {
    switch (random.nextInt(6)) {
      case 0 -> world.passADay();
      case 1 -> world.time().jump(Duration.ofMinutes(random.nextInt(-10, 11)));
      case 2 -> world.time().pass(Duration.ofMillis(random.nextInt(1, 3_000)));
      default -> world.time().pass(Duration.ofMinutes(random.nextInt(1, 300)));
    }
  }

  private void judge() throws InterruptedException {
    if (!foundMeanwhile.isEmpty()) {
      throw foundMeanwhile.remove();
    }
    Violation.ifNot(Kind.WRONG_AVAILABLE, invariants::whileBroken);
    Set<RecoveryPointId> now = invariants.committed();
    known.addAll(now);
    Violation.ifNot(Kind.SILENT_LOSS, () -> requireNothingLost(now));
  }

  private void requireNothingLost(Set<RecoveryPointId> now) {
    assertThat(now).as("recovery points").isNotEmpty();
    for (RecoveryPointId id : known) {
      long newer = known.stream().filter(other -> other.compareTo(id) > 0).count();
      boolean expired = kept.stream().anyMatch(keep -> newer >= keep);
      if (!now.contains(id) && !deleted.contains(id)) {
        assertThat(expired).as("nobody has removed %s", id).isTrue();
        deleted.add(id);
      }
    }
  }

  private void makeEverythingGood() throws InterruptedException {
    world.time().pass(Duration.ofMinutes(10));
    makeGood(UseCase.BACKUP);
    makeGood(UseCase.GC);
    makeGood(UseCase.COPY);
    assertThat(invariants.copied()).containsAll(invariants.committed());
    invariants.afterwards();
  }

  /** Without faults, a few attempts must suffice. */
  private void makeGood(UseCase useCase) throws InterruptedException {
    Report report = report(useCase::again, ProcessFaults.none());
    for (int i = 1; i < MOST_ATTEMPTS && !report.success(); i++) {
      report = report(useCase::again, ProcessFaults.none());
    }
    assertThat(report.failure()).as("%s does not end well", useCase).isEmpty();
    known.addAll(invariants.committed());
  }
}
