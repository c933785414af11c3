// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.scorecard;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one kind of test has counted, by name. Safe for several threads. */
public final class Figures {
  private static final Path FOLDER = Path.of("target", "scorecard");

  private final String test;
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * @param test names the file, such as {@code crash-matrix}
   */
  public Figures(String test) {
    this.test = requireNonNull(test, "test is null");
  }

  /** Counts more of something; also 0 of it, which shows that it was looked for. */
  public synchronized Figures add(String name, long count) {
    counts.merge(name, count, Long::sum);
    return this;
  }

  public synchronized long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Writes the figures below the module's {@code target}, in place of those of an earlier run. */
  public synchronized void write() {
    List<String> lines =
        counts.entrySet().stream().map(count -> count.getKey() + "=" + count.getValue()).toList();
    try {
      Files.createDirectories(FOLDER);
      Files.write(FOLDER.resolve(test + ".properties"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
