// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * Something that a verification found.
 *
 * @param key the object it is about, or a prefix where it is about several
 * @param line of the data file, counted from 1, where it is about one item
 * @param what what is wrong: lower case, no full stop, no attribute values
 * @param remedy the command or the deed that repairs it
 */
public record Finding(
    Severity severity, String key, OptionalLong line, String what, String remedy) {
  /** How bad it is. */
  public enum Severity {
    /** A restore would fail or bring back something else. */
    ERROR,
    /** Restores are not affected, but it is not as it should be. */
    WARNING,
    /** Worth knowing, such as a backup that has not ended. */
    NOTE
  }

  public Finding {
    requireNonNull(severity, "severity is null");
    requireNonNull(key, "key is null");
    requireNonNull(line, "line is null");
    requireNonNull(what, "what is null");
    requireNonNull(remedy, "remedy is null");
  }

  static Finding error(String key, String what, String remedy) {
    return new Finding(Severity.ERROR, key, OptionalLong.empty(), what, remedy);
  }

  static Finding error(String key, long line, String what, String remedy) {
    return new Finding(Severity.ERROR, key, OptionalLong.of(line), what, remedy);
  }

  static Finding warning(String key, String what, String remedy) {
    return new Finding(Severity.WARNING, key, OptionalLong.empty(), what, remedy);
  }

  static Finding note(String key, String what, String remedy) {
    return new Finding(Severity.NOTE, key, OptionalLong.empty(), what, remedy);
  }

  /** The same of others, too. */
  Finding andMore(String others) {
    return new Finding(severity, key, line, what + "; " + others, remedy);
  }

  boolean isError() {
    return severity == Severity.ERROR;
  }

  /** Where it is, for people. */
  public String place() {
    return line.isPresent() ? key + ", line " + line.getAsLong() : key;
  }
}
