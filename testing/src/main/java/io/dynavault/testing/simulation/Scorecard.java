// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of a test run, kept as lines of {@code name=value} in {@code
 * target/scorecard/<name>.properties} of the module: what docs/scorecard.md is made of.
 */
public final class Scorecard {
  private final Map<String, String> figures = new TreeMap<>();

  /** Sets a figure. */
  public Scorecard set(String name, Object value) {
    figures.put(name, String.valueOf(value));
    return this;
  }

  /** Writes the figures in the order of their names. */
  public void write(String name) {
    StringBuilder lines = new StringBuilder();
    figures.forEach((figure, value) -> lines.append(figure).append('=').append(value).append('\n'));
    try {
      Path folder = Files.createDirectories(Path.of("target", "scorecard"));
      Files.writeString(folder.resolve(name + ".properties"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
