// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What became of one setting that a restore had to put back.
 *
 * @param reason why it was not applied, or what had to be left out
 */
public record SettingOutcome(Setting setting, Result result, Optional<String> reason) {
  public SettingOutcome {
    requireNonNull(setting, "setting is null");
    requireNonNull(result, "result is null");
    requireNonNull(reason, "reason is null");
  }

  /** How it ended. */
  public enum Result {
    /** The table has it. */
    APPLIED,
    /** The endpoint does not offer it. */
    NOT_SUPPORTED,
    /** It was refused or could not be asked for. */
    FAILED,
    /** The source's endpoint did not say what it was. */
    NOT_KNOWN
  }
}
