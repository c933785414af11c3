// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Output;
import io.dynavault.core.table.SettingOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;

/** What became of the settings of a restored table, in words and as JSON. */
final class SettingsText {
  private SettingsText() {}

  /** All settings in one line; why something is not as it was follows as a message. */
  static String line(List<SettingOutcome> settings) {
    return settings.stream()
        .collect(
            Collectors.groupingBy(
                SettingOutcome::result,
                () -> new EnumMap<>(SettingOutcome.Result.class),
                Collectors.mapping(setting -> setting.setting().text(), Collectors.joining(", "))))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + words(entry.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String words(SettingOutcome.Result result) {
    return switch (result) {
      case APPLIED -> "put back";
      case NOT_SUPPORTED -> "not supported here";
      case FAILED -> "FAILED";
      case NOT_KNOWN -> "not known when it was backed up";
    };
  }

  /** Why something is not as it was. */
  static void explain(Output output, String tableName, List<SettingOutcome> settings) {
    for (SettingOutcome setting : settings) {
      String what = "%s of table '%s'".formatted(setting.setting().text(), tableName);
      String reason = setting.reason().map(text -> ": " + text).orElse("");
      switch (setting.result()) {
        case APPLIED -> output.detail("put back " + what + reason);
        case NOT_SUPPORTED -> output.detail("this endpoint has no " + what + reason);
        case NOT_KNOWN -> output.detail("not known when it was backed up: " + what + reason);
        case FAILED -> output.warning("unable to put back " + what + reason);
      }
    }
  }

  static ArrayNode json(List<SettingOutcome> settings) {
    ArrayNode array = Json.object().putArray("settings");
    for (SettingOutcome setting : settings) {
      ObjectNode node =
          array
              .addObject()
              .put("setting", setting.setting().text())
              .put("result", setting.result().name());
      setting.reason().ifPresent(reason -> node.put("reason", reason));
    }
    return array;
  }
}
