// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark;

import io.dynavault.benchmark.measure.Folders;
import io.dynavault.benchmark.report.Machine;
import io.dynavault.benchmark.report.Page;
import io.dynavault.benchmark.report.Section;
import io.dynavault.benchmark.row.Bench;
import io.dynavault.benchmark.row.Row;
import io.dynavault.benchmark.row.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import software.amazon.awssdk.core.util.VersionInfo;

/** Measures the rows that are asked for, prints them, and writes them into the page. */
public final class BenchmarkMain {
  private BenchmarkMain() {}

  /** What {@code benchmark/run} calls; see there for the options. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    Path folder = Files.createTempDirectory(options.folder(), "run");
    Bench bench = new Bench(folder, options.launcher(), options.quick());
    String measuredOn =
        Machine.describe(
            LocalDate.now(ZoneOffset.UTC), "AWS SDK for Java " + VersionInfo.SDK_VERSION);
    for (Row row : Rows.named(options.only())) {
      bench.say("row " + row.name());
      Section section = row.run(bench);
      String text = section.markdown(measuredOn);
      System.out.println(text + "\n");
      if (!options.quick()) {
        Page.replace(options.page(), row.name(), text);
      }
    }
    Folders.remove(folder);
  }
}
