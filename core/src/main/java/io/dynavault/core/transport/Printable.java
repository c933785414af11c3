// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.transport;

/** Text from elsewhere made fit for a message: one line, no control characters, bounded. */
final class Printable {
  private static final int MAX_LENGTH = 500;

  private Printable() {}

  static String text(String raw) {
    StringBuilder text = new StringBuilder(Math.min(raw.length(), MAX_LENGTH) + 16);
    for (int i = 0; i < raw.length(); i++) {
      if (text.length() >= MAX_LENGTH) {
        return text.append("…").toString();
      }
      char c = raw.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        text.append(c == '\n' ? "\\n" : String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
