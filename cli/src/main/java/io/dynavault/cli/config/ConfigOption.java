// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of the table of options.
 *
 * @param key name in {@code dynavault.yaml}, such as {@code scan.workers}
 * @param flags names on the command line; one that starts with {@code --no-} switches off; none for
 *     settings that are of an installation, not of a run, and for secrets
 * @param defaultText what holds when nobody says anything, where there is such a value
 * @param description one sentence, without a full stop
 */
public record ConfigOption<T>(
    String key,
    List<String> flags,
    ValueType<T> type,
    Optional<String> defaultText,
    OptionGroup group,
    String description) {

  public ConfigOption {
    requireNonNull(key, "key is null");
    flags = List.copyOf(flags);
    requireNonNull(type, "type is null");
    requireNonNull(defaultText, "defaultText is null");
    requireNonNull(group, "group is null");
    requireNonNull(description, "description is null");
  }

  /**
   * A row of the table.
   *
   * @param flags separated by commas; empty for none
   * @param defaultText empty for none
   */
  static <T> ConfigOption<T> option(
      OptionGroup group,
      String key,
      String flags,
      ValueType<T> type,
      String defaultText,
      String description) {
    return new ConfigOption<>(
        key,
        flags.isEmpty() ? List.of() : List.of(flags.split(",")),
        type,
        defaultText.isEmpty() ? Optional.empty() : Optional.of(defaultText),
        group,
        description);
  }

  /** Name of the environment variable, derived from the key. */
  public String environmentVariable() {
    return ConfigVariables.PREFIX
        + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Whether the flag takes no value. */
  public boolean isSwitch() {
    return type.label().isEmpty();
  }

  /** The setting that a switch stands for: one that starts with {@code --no-} is turned round. */
  public String textOf(boolean switched) {
    return String.valueOf(switched != longFlag().startsWith("--no-"));
  }

  /** Whether it can be given on the command line. */
  public boolean hasFlag() {
    return !flags.isEmpty();
  }

  /** Whether its value is never shown. */
  public boolean isSecret() {
    return type.label().equals(ValueType.SECRET);
  }

  /** The flag to name in messages. */
  public String longFlag() {
    return flags.get(flags.size() - 1);
  }
}
