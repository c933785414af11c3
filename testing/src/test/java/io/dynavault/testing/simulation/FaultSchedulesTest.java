// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of faults. {@code testing/fault-schedules 1000} runs more of them; a seed that
 * fails can be run alone with {@code testing/fault-schedules 1 <seed>}.
 */
class FaultSchedulesTest {
  private static final int SCHEDULES = Integer.getInteger("fault.schedules", 50);
  private static final long FIRST_SEED = Long.getLong("fault.seed", 20_261_121);

  private final Map<String, Integer> injected = new TreeMap<>();
  private final Map<Violation.Kind, Integer> violations = new EnumMap<>(Violation.Kind.class);
  private final StringBuilder found = new StringBuilder();
  private int runs;
  private int failures;

  @Test
  @Tag("G1")
  @Tag("G4")
  @Tag("G6")
  @Tag("F1")
  @Tag("F5")
  void nothingIsLostWhateverGoesWrong() {
    long start = System.nanoTime();
    LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES).parallel().forEach(this::run);
    Scorecard scorecard =
        new Scorecard()
            .set("schedules", SCHEDULES)
            .set("seed.first", FIRST_SEED)
            .set("runs", runs)
            .set("runs.failed.and.said.so", failures)
            .set("seconds", (System.nanoTime() - start) / 1_000_000_000)
            .set("faults", injected.values().stream().mapToInt(Integer::intValue).sum());
    injected.forEach((kind, count) -> scorecard.set("faults." + kind, count));
    for (Violation.Kind kind : Violation.Kind.values()) {
      scorecard.set("violations." + kind, violations.getOrDefault(kind, 0));
    }
    scorecard.write("fault-schedules");

    assertThat(found.toString()).as("violations, with the seeds of their schedules").isEmpty();
    assertThat(injected).hasSizeGreaterThan(10);
  }

  /** Deleted points that came back, files that nobody found any more, a stop without a word. */
  @ParameterizedTest
  @ValueSource(longs = {20_261_398, 20_261_672, 20_261_252, 20_261_343, 20_261_428})
  void whatOnceWentWrongGoesWell(long seed) throws Exception {
    assertThat(new FaultSchedule(seed).run().runs()).isPositive();
  }

  private void run(long seed) {
    try {
      FaultSchedule.Result result = new FaultSchedule(seed).run();
      add(result);
    } catch (Violation e) {
      add(seed, e.kind(), e);
    } catch (AssertionError | InterruptedException | RuntimeException e) {
      add(seed, Violation.Kind.UNRECOVERABLE, e);
    }
  }

  private synchronized void add(FaultSchedule.Result result) {
    runs += result.runs();
    failures += result.failures();
    result.injected().forEach((kind, count) -> injected.merge(kind, count, Integer::sum));
  }

  private synchronized void add(long seed, Violation.Kind kind, Throwable why) {
    violations.merge(kind, 1, Integer::sum);
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace));
    found.append("seed ").append(seed).append(": ").append(trace).append('\n');
  }
}
