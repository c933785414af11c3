// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads {@code dynavault.yaml}: nested or dotted keys, plain values. The parser knows no tags and
 * bounds size, depth and aliases.
 */
final class ConfigFile {
  private static final int MAX_BYTES = 256 * 1024;

  private final Path path;
  private final String name;
  private final List<String> problems;

  /**
   * @param name what messages call the file
   * @param problems receives what is wrong with the file
   */
  ConfigFile(Path path, String name, List<String> problems) {
    this.path = path;
    this.name = name;
    this.problems = problems;
  }

  /** Texts by dotted key; what cannot be used is left out and reported as a problem. */
  Map<String, String> read() {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      if (Files.size(path) > MAX_BYTES) {
        problems.add("%s: is larger than %d bytes".formatted(name, MAX_BYTES));
        return values;
      }
      Object root = parser().load(Files.readString(path, StandardCharsets.UTF_8));
      if (root instanceof Map<?, ?> map) {
        flatten("", map, values);
      } else if (root != null) {
        problems.add("%s: is not a list of 'key: value' lines".formatted(name));
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add("%s: line %d: %s".formatted(name, line, oneLine(e.getProblem())));
    } catch (YAMLException e) {
      problems.add("%s: %s".formatted(name, oneLine(e.getMessage())));
    } catch (IOException e) {
      problems.add("%s: unable to read it: %s".formatted(name, reason(e)));
    }
    return values;
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(8);
    options.setCodePointLimit(MAX_BYTES);
    return new Yaml(new SafeConstructor(options));
  }

  private void flatten(String prefix, Map<?, ?> map, Map<String, String> values) {
    map.forEach(
        (part, value) -> {
          String key = prefix + part;
          if (value instanceof Map<?, ?> nested) {
            flatten(key + ".", nested, values);
          } else if (value == null) {
            problems.add("%s: '%s' has no value".formatted(name, key));
          } else if (value instanceof Iterable<?>) {
            problems.add("%s: '%s' is a list, not a value".formatted(name, key));
          } else if (values.putIfAbsent(key, value.toString()) != null) {
            problems.add("%s: '%s' is given twice".formatted(name, key));
          }
        });
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "no such file"
        : e.getClass().getSimpleName();
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "not valid YAML" : text.replaceAll("\\s+", " ").strip();
  }
}
