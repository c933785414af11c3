// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands are told which recovery point is meant. */
public final class RecoveryPointSelection {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECOVERY-POINT",
      description = "latest, an id, or the beginning of one that only one id has (default latest)")
  private @Nullable String selector;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "table of the recovery point; needed where the vault holds several")
  private @Nullable String table;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "the newest recovery point that was complete at this time, such as"
              + " 2026-11-21T09:30:00Z")
  private @Nullable Instant at;

  /**
   * The recovery point that is meant.
   *
   * @throws DynavaultException {@code RECOVERY_POINT_NOT_FOUND}, {@code RECOVERY_POINT_AMBIGUOUS}
   *     or {@code USAGE}
   */
  public CatalogEntry find(Catalog catalog) {
    Selector wanted = selector();
    return table == null ? catalog.find(wanted) : catalog.find(table, wanted);
  }

  private Selector selector() {
    if (at == null) {
      return selector == null ? new Selector.Latest() : Selector.parse(selector);
    }
    if (selector != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to select a recovery point by '" + selector + "' and by time",
          "give one of both");
    }
    return new Selector.At(at);
  }
}
