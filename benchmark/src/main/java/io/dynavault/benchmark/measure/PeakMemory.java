// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The most memory that a process had resident, in megabytes; Linux alone tells. */
public final class PeakMemory {
  private static final String FIELD = "VmHWM:";

  private PeakMemory() {}

  static OptionalDouble ofThisProcess() {
    return of("self");
  }

  /** Of another process, while it lives. */
  public static OptionalDouble of(Process process) {
    return of(Long.toString(process.pid()));
  }

  private static OptionalDouble of(String process) {
    try {
      return Files.readAllLines(Path.of("/proc", process, "status")).stream()
          .filter(line -> line.startsWith(FIELD))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty(); // another system, or the process has ended
    }
  }
}
