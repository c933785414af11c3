// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.row;

import static java.util.Objects.requireNonNull;

import io.dynavault.benchmark.child.ChildMain;
import io.dynavault.benchmark.child.Program;
import io.dynavault.benchmark.measure.Measurement;
import io.dynavault.benchmark.measure.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Programs that are measured in turns, so that what else the machine does falls on all of them; of
 * each the run with the median processor time counts.
 */
final class Contest {
  /** The launcher's collector for all: SDK programs cost no more with it than with the default. */
  static final List<String> JVM =
      List.of("-Xmx2g", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private final Bench bench;
  private final Map<String, Entrant> entrants = new LinkedHashMap<>();

  private record Entrant(Program program, Task task, List<Measurement> results) {}

  Contest(Bench bench) {
    this.bench = bench;
  }

  Contest with(String label, Program program, Task task) {
    entrants.put(label, new Entrant(program, task, new ArrayList<>()));
    return this;
  }

  Contest run(int rounds) throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      for (Map.Entry<String, Entrant> entry : entrants.entrySet()) {
        Entrant entrant = entry.getValue();
        Measurement measured = ChildMain.run(entrant.program(), entrant.task(), JVM);
        entrant.results().add(measured);
        bench.say(
            String.format(
                Locale.ROOT,
                "%s, round %d: %.2f CPU s, %.2f s per million items (%d passes)",
                entry.getKey(),
                round,
                measured.cpuPerMillion(),
                measured.wallPerMillion(),
                measured.passes()));
      }
    }
    return this;
  }

  /** The median's processor seconds per million items. */
  double cpu(String label) {
    return median(label).cpuPerMillion();
  }

  /** All of them, with the first one's cost as a multiple of each. */
  List<List<String>> details() {
    String yardstick = entrants.keySet().iterator().next();
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "",
            "CPU s per million items",
            "lowest to highest",
            "wall s per million items",
            "peak memory MB",
            "CPU against the first"));
    for (String label : entrants.keySet()) {
      Measurement median = median(label);
      var all = results(label).stream().mapToDouble(Measurement::cpuPerMillion);
      var range = all.summaryStatistics();
      rows.add(
          List.of(
              label,
              number(median.cpuPerMillion()),
              number(range.getMin()) + " to " + number(range.getMax()),
              number(median.wallPerMillion()),
              String.format(Locale.ROOT, "%.0f", median.peakMegabytes()),
              "1/" + number(cpu(yardstick) / median.cpuPerMillion())));
    }
    return rows;
  }

  /** The run of an entrant with the median processor time. */
  Measurement median(String label) {
    List<Measurement> sorted = new ArrayList<>(results(label));
    sorted.sort(Comparator.comparingDouble(Measurement::cpuPerMillion));
    return sorted.get(sorted.size() / 2);
  }

  private List<Measurement> results(String label) {
    return requireNonNull(entrants.get(label), label).results();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
