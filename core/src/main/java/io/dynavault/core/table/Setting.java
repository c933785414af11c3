// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import java.util.Optional;

/** The settings that a server may not know and that a restore puts back after the data. */
public enum Setting {
  TAGS("tags"),
  RESOURCE_POLICY("resourcePolicy"),
  POINT_IN_TIME_RECOVERY("pointInTimeRecovery"),
  TABLE_CLASS("tableClass"),
  STREAM("stream"),
  TIME_TO_LIVE("timeToLive"),
  AUTO_SCALING("autoScaling"),
  DELETION_PROTECTION("deletionProtection");

  private final String text;

  Setting(String text) {
    this.text = text;
  }

  /** The name in JSON and in {@link TableSettings#notAnswered}. */
  public String text() {
    return text;
  }

  /** What {@link TableSettings#notAnswered} says where the permission was missing. */
  String accessDenied(String permission) {
    return text + " (access denied: " + permission + ")";
  }

  /** The entry of {@link TableSettings#notAnswered} for this setting. */
  Optional<String> notAnsweredBy(TableSettings settings) {
    return settings.notAnswered().stream()
        .filter(entry -> entry.equals(text) || entry.startsWith(text + " ("))
        .findFirst();
  }
}
