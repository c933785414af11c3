// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** What figures depend on beside the programs; nothing that tells whose machine it is. */
public final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** One sentence. */
  public static String describe(LocalDate date, String versions) {
    return "Measured on %s: %d processors%s, %s %s, Java %s; %s."
        .formatted(
            date,
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.vm.version"),
            versions);
  }

  private static String processor() {
    try {
      return Files.readAllLines(PROCESSORS).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return ""; // another system
    }
  }
}
