// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.crash;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.MomentPlanner;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.scorecard.Figures;
import io.dynavault.testing.table.LiveTable;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The crash matrix: every use case ends, in a process of its own, before every single write that it
 * makes. After each of these crashes no half recovery point is listed and nothing is damaged, the
 * next command ends well, a restore brings back every item, and gc leaves no orphan.
 */
@Tag("G1")
@Tag("G4")
@Tag("F5")
@Tag("F12")
@Tag("F20")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixIT {
  /** Whether repeated steps are crashed at each time, as the scorecard does. */
  private static final boolean ALL = "all".equals(System.getProperty("dynavault.crashes"));

  /** They write what others write, again. */
  private static final Set<UseCase> REPETITIONS = Set.of(UseCase.RESUME, UseCase.EXPIRE);

  private static final int ITEMS = 90;

  /** Never renewed: a renewal would be a step that not every run has. */
  private static final Duration TTL = Duration.ofMinutes(10);

  private final Figures figures = new Figures("crash-matrix");
  private final AtomicInteger folders = new AtomicInteger();
  private final URI endpoint = TestingServers.dynamoDb().endpoint();

  private Path temporary;
  private LiveTable table;
  private SortedMap<String, String> contents;
  private Path twoPoints;
  private CapturedTable captured;
  private Path capturedVault;

  @BeforeAll
  void backUpTwice(@TempDir Path folder) throws InterruptedException {
    temporary = folder;
    table =
        LiveTable.createFilled(
            endpoint, new SmallTable(TestingServers.newTableName("crash"), ITEMS));
    contents = table.contents();
    Workplace place = workplace(temporary.resolve("two-points"), table.name());
    twoPoints = place.folder();
    TestingEngine.newVault(place.store("vault"));
    TestingEngine.newVault(place.store("other"));
    place.backup();
    place.backup();
    Workplace chain =
        workplace(temporary.resolve("captured"), TestingServers.newTableName("captured"));
    captured = CapturedTable.create(chain);
    capturedVault = chain.folder();
  }

  @AfterAll
  void writeFigures() {
    table.drop();
    captured.drop();
    figures.add("violations", 0).write(); // a violation fails the test before
  }

  @ParameterizedTest
  @EnumSource(UseCase.class)
  void everyCrashLeavesWhatTheNextCommandCompletes(UseCase useCase) throws Exception {
    assumeTrue(ALL || !REPETITIONS.contains(useCase), "the long form has it: see CONTRIBUTING.md");
    Path before = prepared(useCase);
    Collection<Steps.Chosen> steps = chosen(steps(useCase, before));
    List<Callable<Void>> crashes = new ArrayList<>();
    for (Steps.Chosen step : steps) {
      crashes.add(
          () -> {
            crash(useCase, before, step);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> crash : threads.invokeAll(crashes)) {
        crash.get();
      }
    } finally {
      threads.shutdownNow();
    }
    figures.add("points", steps.size()).add("points-" + name(useCase), steps.size());
  }

  /** The steps to crash at: all, or the last one of each name. */
  private static Collection<Steps.Chosen> chosen(List<String> steps) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Steps.Chosen> chosen = new LinkedHashMap<>();
    for (String step : steps) {
      String name = StepName.of(step);
      int occurrence = counts.merge(name, 1, Integer::sum);
      chosen.put(ALL ? name + occurrence : name, new Steps.Chosen(name, occurrence));
    }
    return chosen.values();
  }

  private static String name(UseCase useCase) {
    return useCase.name().toLowerCase(Locale.ROOT);
  }

  /** What the use case finds when it begins. */
  private Path prepared(UseCase useCase) throws InterruptedException {
    if (useCase == UseCase.COMPACT) {
      return capturedVault;
    }
    Workplace place = copy(twoPoints, table.name());
    if (useCase == UseCase.RESUME || useCase == UseCase.GC) {
      crashAt(UseCase.BACKUP, place, "commit upload", 2);
    }
    if (useCase == UseCase.GC) {
      crashAt(UseCase.DELETE, place, "delete ", 3);
      Folders.age(place.folder().resolve("vault"), Duration.ofDays(2));
    }
    return place.folder();
  }

  /** Halts where the n-th step of a kind would come. */
  private void crashAt(UseCase useCase, Workplace place, String kind, int number)
      throws InterruptedException {
    List<String> steps = run(useCase, copy(place.folder(), place.table()), Steps.Chosen.NONE, 0);
    List<String> names =
        steps.stream().map(StepName::of).filter(name -> name.startsWith(kind)).toList();
    String name = names.get(number - 1);
    int occurrence = Collections.frequency(names.subList(0, number), name);
    run(useCase, place, new Steps.Chosen(name, occurrence), 137);
  }

  private List<String> steps(UseCase useCase, Path before) throws InterruptedException {
    Workplace place = copy(before, subject(useCase));
    List<String> steps = run(useCase, place, Steps.Chosen.NONE, 0);
    assertThat(steps).isNotEmpty();
    if (useCase == UseCase.RESTORE) {
      LiveTable.of(endpoint, place.table()).drop();
    }
    return steps;
  }

  private String subject(UseCase useCase) {
    return switch (useCase) {
      case RESTORE -> TestingServers.newTableName("restored");
      case COMPACT -> captured.name();
      default -> table.name();
    };
  }

  private static List<String> run(UseCase useCase, Workplace place, Steps.Chosen step, int exitCode)
      throws InterruptedException {
    try (EngineProcess process = EngineProcess.start(useCase, place, step, Steps.At.HALT)) {
      assertThat(process.finish()).as("exit code of %s\n%s", useCase, process).isEqualTo(exitCode);
      return process.steps();
    }
  }

  private void crash(UseCase useCase, Path before, Steps.Chosen step) throws InterruptedException {
    Workplace place = copy(before, subject(useCase));
    List<String> done = run(useCase, place, step, 137);
    try {
      checkAftermath(useCase, place);
    } catch (AssertionError | RuntimeException e) {
      String after = done.isEmpty() ? "the start" : done.get(done.size() - 1);
      throw new AssertionError(useCase + " crashed before " + step + ", after " + after, e);
    }
    Folders.delete(place.folder());
  }

  private void checkAftermath(UseCase useCase, Workplace place) throws InterruptedException {
    Vault vault = place.vault();
    int points = Aftermath.requireNothingHalf(vault).size();
    goOn(useCase, place, points);
    Aftermath.requireNothingLeftByGc(place.folder().resolve("vault"), vault);
    if (useCase == UseCase.COPY) {
      Aftermath.requireNothingLeftByGc(place.folder().resolve("other"), place.otherVault());
      assertThat(place.otherVault().catalog().list().entries()).hasSize(2);
    }
    if (useCase == UseCase.COMPACT) {
      captured.requireEverySecond(vault);
      return;
    }
    for (CatalogEntry entry : vault.catalog().list().entries()) {
      requireSameItems(place, entry);
    }
  }

  /** The next command of a user who sees that the last one has died. */
  private void goOn(UseCase useCase, Workplace place, int points) throws InterruptedException {
    Vault vault = place.vault();
    switch (useCase) {
      case BACKUP, RESUME -> {
        if (points == 2) {
          boolean begun = !vault.runs().unfinished(table.name()).isEmpty();
          (begun ? UseCase.RESUME : UseCase.BACKUP).run(place);
        }
        assertThat(vault.catalog().list().entries()).hasSize(3);
      }
      case RESTORE -> restoreAgain(place);
      case DELETE -> {
        if (points == 2) {
          UseCase.DELETE.run(place);
        }
        assertThat(vault.catalog().list().entries()).hasSize(1);
      }
      case EXPIRE -> {
        UseCase.EXPIRE.run(place);
        assertThat(vault.catalog().list().entries()).hasSize(1);
      }
      case COPY -> {
        Aftermath.requireNothingHalf(place.otherVault());
        UseCase.COPY.run(place);
      }
      case COMPACT -> compactAgain(place);
      case GC -> UseCase.GC.run(place);
    }
  }

  /** The old base is as good as before, and the next compaction makes a new one. */
  private void compactAgain(Workplace place) throws InterruptedException {
    Vault vault = place.vault();
    captured.requireEverySecond(vault);
    ChainLog chain = new ContinuousBackups(vault.store()).newest(captured.name()).orElseThrow();
    if (chain.bases().size() == 1) {
      UseCase.COMPACT.run(place);
    }
    assertThat(chain.bases()).hasSize(2);
    MomentPlanner planner = CapturedTable.planner(vault);
    assertThat(
            planner
                .plan(planner.windows(captured.name()), CapturedTable.COMPACTED, Set.of())
                .base()
                .id())
        .isEqualTo(chain.bases().get(1).recoveryPoint());
  }

  private void restoreAgain(Workplace place) throws InterruptedException {
    LiveTable restored = LiveTable.of(endpoint, place.table());
    try (TestingEngine engine = place.engine()) {
      if (restored.exists()) {
        resumeRestore(place, restored);
      } else {
        UseCase.RESTORE.run(place);
      }
      assertThat(restored).hasContents(contents);
      assertThat(engine.describe(place.table()).definition().settings().timeToLiveAttribute())
          .contains("end");
    } finally {
      restored.drop();
    }
  }

  /** Every restore that has not ended can be resumed, wherever it died. */
  private void resumeRestore(Workplace place, LiveTable restored) throws InterruptedException {
    try {
      place.resumeRestore(UseCase.newest(place.vault()).point());
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.TABLE_EXISTS);
      assertThat(restored).hasContents(contents);
    }
  }

  private void requireSameItems(Workplace place, CatalogEntry entry) throws InterruptedException {
    try (TestingEngine engine = place.engine()) {
      assertThat(engine.compare(entry.point(), table.name()))
          .isEqualTo(new CompareResult(contents.size(), 0, 0, 0));
    }
  }

  private Workplace copy(Path from, String tableName) {
    Workplace place = workplace(temporary.resolve("crash-" + folders.incrementAndGet()), tableName);
    Folders.copy(from, place.folder());
    return place;
  }

  private Workplace workplace(Path folder, String tableName) {
    return new Workplace(folder, endpoint, tableName, TTL, Steps.unchosen());
  }
}
