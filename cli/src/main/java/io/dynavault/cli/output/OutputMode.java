// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.output;

import static java.util.Objects.requireNonNull;

/**
 * How much is printed, and how.
 *
 * @param colour whether standard error may be coloured
 * @param progress how progress is shown
 */
public record OutputMode(Format format, Level level, Progress progress, Colour colour) {

  /** For whom results are printed. */
  public enum Format {
    TEXT,
    JSON
  }

  /** Which messages are printed. */
  public enum Level {
    QUIET,
    NORMAL,
    VERBOSE
  }

  /** How progress is shown. */
  public enum Progress {
    NONE,
    /** A line now and then. */
    LINES,
    /** A bar that is drawn again and again in place. */
    BAR
  }

  /** Whether messages on standard error are coloured. */
  public enum Colour {
    OFF,
    ON
  }

  public OutputMode {
    requireNonNull(format, "format is null");
    requireNonNull(level, "level is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(colour, "colour is null");
  }

  /** What holds before the settings are known. */
  public static OutputMode plain(Format format) {
    return new OutputMode(format, Level.NORMAL, Progress.NONE, Colour.OFF);
  }
}
