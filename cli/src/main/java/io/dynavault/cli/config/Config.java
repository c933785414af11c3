// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.config;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The settings that hold for this run, all of them valid. */
public final class Config {

  /**
   * A value and who said so.
   *
   * @param source {@code flag --workers}, {@code environment variable DYNAVAULT_SCAN_WORKERS},
   *     {@code dynavault.yaml} or {@code default}
   */
  record Setting(Object value, String text, String source) {}

  private final Map<ConfigOption<?>, Setting> settings;

  Config(Map<ConfigOption<?>, Setting> settings) {
    this.settings = new LinkedHashMap<>(settings);
  }

  /** The value, or empty when nobody gave one and there is no default. */
  @SuppressWarnings("unchecked") // the loader stores what the option's own parser returned
  public <T> Optional<T> optional(ConfigOption<T> option) {
    return Optional.ofNullable(settings.get(option)).map(setting -> (T) setting.value());
  }

  /** The value of an option that has a default. */
  public <T> T value(ConfigOption<T> option) {
    return optional(option)
        .orElseThrow(() -> new IllegalStateException("option has no default: " + option.key()));
  }

  /** The value of an option that the command cannot do without. */
  public <T> T required(ConfigOption<T> option) {
    return optional(option)
        .orElseThrow(
            () ->
                new DynavaultException(
                    ErrorCode.USAGE,
                    "no " + option.key() + " is given",
                    "give it with %s%s or '%s:' in dynavault.yaml"
                        .formatted(
                            option.hasFlag() ? option.longFlag() + ", " : "",
                            option.environmentVariable(),
                            option.key())));
  }

  /** Where the value came from; {@code not set} without one. */
  public String source(ConfigOption<?> option) {
    Setting setting = settings.get(option);
    return setting == null ? "not set" : setting.source();
  }

  /** The options that somebody set, as text for error reports. */
  public Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    settings.forEach(
        (option, setting) -> {
          if (!setting.source().equals(ConfigLoader.DEFAULT)) {
            given.put(option.key(), option.isSecret() ? "(secret)" : setting.text());
          }
        });
    return given;
  }
}
