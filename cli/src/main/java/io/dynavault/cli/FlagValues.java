// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

import io.dynavault.cli.config.ConfigOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command line says about settings, as text; checked together with all other sources. */
final class FlagValues {
  private final Map<ConfigOption<?>, String> values = new LinkedHashMap<>();

  void set(ConfigOption<?> option, String text) {
    values.put(option, text);
  }

  Map<ConfigOption<?>, String> asMap() {
    return Map.copyOf(values);
  }
}
