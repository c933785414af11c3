// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.layout;

import java.util.regex.Pattern;

/** The forms that names must have before they become part of a key. */
final class Names {
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final int LONGEST_SEGMENT = 255;
  private static final Pattern EXPORT_ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

  private static final Pattern RECOVERY_POINT_ID = Pattern.compile("[0-9]{14}-[0-9a-f]{8}");

  private Names() {}

  /** DynamoDB API Reference, CreateTable: TableName. Its minimum of 3 shuts out . and .. too. */
  static boolean isTable(String name) {
    return TABLE.matcher(name).matches();
  }

  static String table(String name) {
    if (!isTable(name)) {
      throw new IllegalArgumentException("not a table name: '" + name + "'");
    }
    return name;
  }

  /** One part of a key that means the same on every store: no dots alone, no escapes. */
  static boolean isSegment(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_SEGMENT
        && name.chars().allMatch(Names::isPlain)
        && !name.equals(".")
        && !name.equals("..");
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '-';
  }

  static String segment(String name, String what) {
    if (!isSegment(name)) {
      throw new IllegalArgumentException("not a " + what + ": '" + name + "'");
    }
    return name;
  }

  /**
   * AWS's ids are 14 digits, a dash and 8 hex digits; other servers choose their own, which readers
   * accept. {@code data} is taken by the folder that incremental exports share.
   */
  static boolean isExportId(String id) {
    return EXPORT_ID.matcher(id).matches() && !id.equals(ExportLayout.DATA);
  }

  /** The ids that Dynavault gives: 14 digits of epoch milliseconds, a dash and 8 hex digits. */
  static boolean isRecoveryPointId(String id) {
    return RECOVERY_POINT_ID.matcher(id).matches();
  }
}
