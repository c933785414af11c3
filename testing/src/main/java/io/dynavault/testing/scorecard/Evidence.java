// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.scorecard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a run of the tests has left: figures, and Maven's reports of the classes that ran. */
final class Evidence {
  private static final int MODULE_AND_TARGET = 3;

  private final Path sources;
  private final Map<String, Map<String, Long>> figures = new HashMap<>();
  private final Map<String, Report> reports = new HashMap<>();

  private Evidence(Path sources) {
    this.sources = sources;
  }

  /**
   * A class that Maven ran.
   *
   * @param failed tests that failed or could not run
   */
  record Report(long tests, long failed) {}

  /** Reads what lies in the modules' {@code target} folders. */
  static Evidence below(Path sources) throws IOException {
    Evidence evidence = new Evidence(sources);
    try (Stream<Path> files = Files.walk(sources, MODULE_AND_TARGET + 1)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        evidence.add(file);
      }
    }
    return evidence;
  }

  private void add(Path file) throws IOException {
    String folder = String.valueOf(file.getParent());
    String name = String.valueOf(file.getFileName());
    if (folder.endsWith("target/scorecard") && name.endsWith(".properties")) {
      figures.put(name.replace(".properties", ""), figures(Files.readAllLines(file, UTF_8)));
    } else if (folder.matches(".*target/(surefire|failsafe)-reports")
        && name.matches("TEST-.*xml")) {
      reports.put(
          name.replaceFirst(".*\\.(\\w+)\\.xml", "$1"), parse(Files.readString(file, UTF_8)));
    }
  }

  private static Map<String, Long> figures(List<String> lines) {
    Map<String, Long> figures = new TreeMap<>();
    for (String line : lines) {
      String value = line.substring(line.indexOf('=') + 1);
      if (value.matches("\\d{1,18}")) {
        figures.put(line.substring(0, line.indexOf('=')), Long.valueOf(value));
      }
    }
    return figures;
  }

  private static Report parse(String xml) {
    return new Report(count(xml, "<testcase "), count(xml, "<(failure|error)[ >]"));
  }

  private static long count(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().count();
  }

  /** A figure; of a name that begins or ends in a dot the sum of all that end or begin with it. */
  long figure(String file, String name) {
    Map<String, Long> found = figures.getOrDefault(file, Map.of());
    List<Long> values =
        found.entrySet().stream()
            .filter(figure -> matches(figure.getKey(), name))
            .map(Map.Entry::getValue)
            .toList();
    if (values.isEmpty()) {
      throw new IllegalStateException("no figure '" + name + "' in " + file + ".properties");
    }
    return values.stream().mapToLong(Long::longValue).sum();
  }

  private static boolean matches(String figure, String name) {
    return figure.equals(name)
        || (name.endsWith(".") && figure.startsWith(name))
        || (name.startsWith(".") && figure.endsWith(name));
  }

  Report report(String test) {
    Report report = reports.get(test);
    if (report == null) {
      throw new IllegalStateException("no report of " + test);
    }
    return report;
  }

  /** Path of a test's source from the root, for a link. */
  String sourceOf(String test) {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.endsWith(test + ".java"))
          .findFirst()
          .map(file -> sources.relativize(file).toString().replace('\\', '/'))
          .orElseThrow(() -> new IllegalStateException("no source of " + test));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
