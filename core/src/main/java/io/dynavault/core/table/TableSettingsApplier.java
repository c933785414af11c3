// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.table.SettingOutcome.Result;
import io.dynavault.core.time.Sleeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a restored table the settings that AWS's own restores drop. Each setting is tried for
 * itself: one that cannot be applied is reported and keeps no other from being applied. What the
 * table has already is left alone, so that a second run does no harm.
 */
public final class TableSettingsApplier {
  private final TableClients clients;
  private final TableWaiter waiter;
  private final Sleeper sleeper;

  public TableSettingsApplier(TableClients clients, TableWaiter waiter, Sleeper sleeper) {
    this.clients = requireNonNull(clients, "clients is null");
    this.waiter = requireNonNull(waiter, "waiter is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
  }

  /**
   * Applies the settings of a definition to its table, which must exist.
   *
   * @param wanted the definition that the table was created from
   * @return one outcome for every setting that is wanted or that the source did not tell
   * @throws DynavaultException if the table cannot be described, or {@link ErrorCode#INTERRUPTED}
   */
  public List<SettingOutcome> apply(TableDefinition wanted, WaitListener listener) {
    waiter.untilActive(wanted.tableName(), listener);
    TableDefinition actual = new TableDescriber(clients).describe(wanted.tableName()).definition();
    SettingSteps steps = new SettingSteps(clients, sleeper, wanted, actual);
    List<SettingOutcome> outcomes = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      Optional<String> unknown = setting.notAnsweredBy(wanted.settings());
      if (unknown.isPresent()) {
        outcomes.add(new SettingOutcome(setting, Result.NOT_KNOWN, unknown));
      } else {
        steps
            .step(setting)
            .ifPresent(step -> outcomes.add(attempt(setting, step, wanted.tableName(), listener)));
      }
    }
    return outcomes;
  }

  private SettingOutcome attempt(
      Setting setting, SettingSteps.Step step, String tableName, WaitListener listener) {
    try {
      Optional<String> leftOut = step.run();
      waiter.untilActive(tableName, listener); // one change of a table at a time
      return new SettingOutcome(setting, Result.APPLIED, leftOut);
    } catch (DynavaultException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      Result result = e.code() == ErrorCode.UNSUPPORTED ? Result.NOT_SUPPORTED : Result.FAILED;
      return new SettingOutcome(setting, result, Optional.of(String.valueOf(e.getMessage())));
    }
  }
}
