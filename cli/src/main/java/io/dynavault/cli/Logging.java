// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli;

/** Sets up slf4j-simple, which reads these properties when the first logger is made. */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /** Warnings of the engine only. */
  static void warnings() {
    common("warn");
  }

  /** What the engine does, too. */
  static void details() {
    common("info");
  }

  private static void common(String engineLevel) {
    System.setProperty(PREFIX + "defaultLogLevel", "error");
    System.setProperty(PREFIX + "log.io.dynavault", engineLevel);
    System.setProperty(PREFIX + "logFile", "System.err");
    System.setProperty(PREFIX + "showThreadName", "false");
    System.setProperty(PREFIX + "showShortLogName", "true");
  }
}
