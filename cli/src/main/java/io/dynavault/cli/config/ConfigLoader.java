// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.config.Config.Setting;
import io.dynavault.core.error.Suggestion;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges flags over environment over file over defaults, and checks everything. */
public final class ConfigLoader {
  static final String DEFAULT = "default";
  private static final String FILE_NAME = "dynavault.yaml";

  private final Map<ConfigOption<?>, String> flags;
  private final Map<String, String> environment;
  private final Path workingDirectory;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param flags what the command line says, as text
   */
  public ConfigLoader(
      Map<ConfigOption<?>, String> flags, Map<String, String> environment, Path workingDirectory) {
    this.flags = Map.copyOf(flags);
    this.environment = Map.copyOf(environment);
    this.workingDirectory = requireNonNull(workingDirectory, "workingDirectory is null");
  }

  /**
   * The merged settings.
   *
   * @throws ConfigException with all problems at once
   */
  public Config load() {
    Map<ConfigOption<?>, Setting> settings = new LinkedHashMap<>();
    String fileName = namedFile().orElse(FILE_NAME);
    Map<String, String> fileValues = readFile(fileName);
    refuseUnknownKeys(fileName, fileValues);
    for (ConfigOption<?> option : ConfigOptions.ALL) {
      resolve(option, fileValues, fileName).ifPresent(setting -> settings.put(option, setting));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Config(settings);
  }

  /** Variables that look like settings but are none, each with what was probably meant. */
  public List<String> unknownVariables() {
    List<String> known = ConfigOptions.ALL.stream().map(ConfigOption::environmentVariable).toList();
    return environment.keySet().stream()
        .filter(name -> name.startsWith(ConfigVariables.PREFIX))
        .filter(name -> !known.contains(name) && !ConfigVariables.OTHERS.contains(name))
        .sorted()
        .map(
            name ->
                "unknown environment variable '%s'%s"
                    .formatted(name, Suggestion.phrase(name, known)))
        .toList();
  }

  private Optional<String> namedFile() {
    String flag = flags.get(ConfigOptions.CONFIG);
    return Optional.ofNullable(
        flag != null ? flag : environment.get(ConfigOptions.CONFIG.environmentVariable()));
  }

  private Map<String, String> readFile(String name) {
    try {
      Path path = workingDirectory.resolve(name);
      return namedFile().isPresent() || Files.exists(path)
          ? new ConfigFile(path, name, problems).read()
          : Map.of();
    } catch (InvalidPathException e) {
      problems.add("--config: not the path of a file");
      return Map.of();
    }
  }

  private void refuseUnknownKeys(String fileName, Map<String, String> fileValues) {
    List<String> known = ConfigOptions.ALL.stream().map(ConfigOption::key).toList();
    for (String key : fileValues.keySet()) {
      if (key.equals(ConfigOptions.CONFIG.key())) {
        problems.add("%s: 'config' cannot be set in the file itself".formatted(fileName));
      } else if (!known.contains(key)) {
        problems.add(
            "%s: unknown key '%s'%s".formatted(fileName, key, Suggestion.phrase(key, known)));
      }
    }
  }

  private Optional<Setting> resolve(
      ConfigOption<?> option, Map<String, String> fileValues, String fileName) {
    String flag = flags.get(option);
    if (flag != null) {
      return parse(option, flag, option.longFlag());
    }
    String variable = environment.get(option.environmentVariable());
    if (variable != null && !variable.isEmpty()) {
      return parse(option, variable, option.environmentVariable());
    }
    String entry = fileValues.get(option.key());
    if (entry != null) {
      return parse(option, entry, fileName + ": " + option.key());
    }
    return option.defaultText().flatMap(text -> parse(option, text, DEFAULT));
  }

  private Optional<Setting> parse(ConfigOption<?> option, String text, String source) {
    try {
      return Optional.of(new Setting(option.type().parser().apply(text), text, source));
    } catch (IllegalArgumentException e) {
      String value = option.isSecret() ? "the value" : "'" + text + "'";
      problems.add("%s: %s is not usable: %s".formatted(source, value, e.getMessage()));
      return Optional.empty();
    }
  }
}
