// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import java.util.Locale;

/** What a JSON line of a long operation says. */
public enum MessageType {
  /** How far it is. */
  STATUS,
  /** One thing among many: a table, a recovery point, a finding. */
  ITEM,
  WARNING,
  /** Something failed and the rest goes on. */
  ERROR,
  /** The end, exactly once. */
  SUMMARY;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
