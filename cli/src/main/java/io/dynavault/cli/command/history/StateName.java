// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.ContentSelection;
import io.dynavault.cli.command.MomentTables;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.ToTime;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.table.TableSelection;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** What a user calls a state of a table. */
sealed interface StateName {
  String LIVE = "live:";

  /**
   * Opens it.
   *
   * @param onLost called when its protection is lost, on another thread: stop reading
   */
  OpenContent open(Session session, Runnable onLost) throws InterruptedException;

  /** A table and a moment. Locations have more than that before the sign. */
  Pattern MOMENT = Pattern.compile("([a-zA-Z0-9_.-]+)@(.+)");

  /**
   * Reads {@code live:orders}, {@code orders@2026-11-21T09:30:00Z}, a location, {@code latest}, the
   * id of a recovery point or its beginning, or a table, which means its newest recovery point.
   *
   * @param table of the recovery point, where it is given beside
   */
  static StateName of(String text, Optional<String> table) {
    if (text.startsWith(LIVE)) {
      return new Live(text.substring(LIVE.length()));
    }
    Matcher moment = MOMENT.matcher(text);
    if (moment.matches()) {
      return new AtMoment(moment.group(1), time(moment.group(2)));
    }
    if (OpenContent.isLocation(text)) {
      return new Location(text);
    }
    return ContentSelection.isId(text)
        ? new Point(table, Selector.parse(text))
        : new Point(Optional.of(text), new Selector.Latest());
  }

  private static ToTime time(String text) {
    try {
      return new ToTime.Converter().convert(text);
    } catch (TypeConversionException e) {
      throw new DynavaultException(
          ErrorCode.USAGE, "unable to read a table at a moment: " + e.getMessage(), e);
    }
  }

  /** A table as it is now. */
  record Live(String table) implements StateName {
    public Live {
      requireNonNull(table, "table is null");
    }

    @Override
    public OpenContent open(Session session, Runnable onLost) {
      throw new IllegalStateException("a live table has no content");
    }
  }

  /** An export without a record. */
  record Location(String text) implements StateName {
    public Location {
      requireNonNull(text, "text is null");
    }

    @Override
    public OpenContent open(Session session, Runnable onLost) {
      return OpenContent.of(
          session.wiring(), List.of(session.wiring().location(text)), Optional.empty());
    }
  }

  /** A recovery point. */
  record Point(Optional<String> table, Selector selector) implements StateName {
    public Point {
      table.ifPresent(TableSelection::requireName);
      requireNonNull(selector, "selector is null");
    }

    @Override
    public OpenContent open(Session session, Runnable onLost) throws InterruptedException {
      return inVault(
          session,
          vault -> {
            CatalogEntry entry =
                table.isPresent()
                    ? vault.catalog().find(table.get(), selector)
                    : vault.catalog().find(selector);
            return OpenContent.of(vault, entry, onLost, session.output()::warning);
          });
    }
  }

  /** A table at a moment, out of its continuous backup. */
  record AtMoment(String table, ToTime moment) implements StateName {
    public AtMoment {
      TableSelection.requireName(table);
      requireNonNull(moment, "moment is null");
    }

    @Override
    public OpenContent open(Session session, Runnable onLost) throws InterruptedException {
      return inVault(
          session,
          vault -> {
            MomentPlan plan = new MomentTables(vault).plan(table, moment, session::now);
            plan.notes().forEach(session.output()::warning);
            return OpenContent.of(vault, plan, onLost, session.output()::warning);
          });
    }
  }

  /** Opens something in a vault. */
  interface InVault {
    OpenContent open(Vault vault) throws InterruptedException;
  }

  /** Opens something in the vault that the settings name; both are closed together. */
  static OpenContent inVault(Session session, InVault inside) throws InterruptedException {
    OpenVault open = session.wiring().openVault();
    boolean opened = false;
    try {
      OpenContent content = inside.open(open.vault()).closingToo(open::close);
      opened = true;
      return content;
    } finally {
      if (!opened) {
        open.close();
      }
    }
  }
}
