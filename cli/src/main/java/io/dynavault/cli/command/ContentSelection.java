// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands that read items are told where: a recovery point, or an export's location. */
public final class ContentSelection {
  private static final Pattern ID = Pattern.compile("latest|0[0-9]{1,13}(-[0-9a-f]{0,8})?");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "TABLE|RECOVERY-POINT|LOCATION",
      description = {
        "a table of the vault; latest (the default), an id or the beginning of one;",
        "or the location of an export, such as",
        "s3://bucket/AWSDynamoDB/01715685260608-c488b4e1, or of a folder with a full export and",
        "the incremental ones that follow it"
      })
  private @Nullable String source;

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

  @Option(
      names = "--to-time",
      paramLabel = "TIME|latest|-SPAN",
      converter = ToTime.Converter.class,
      description =
          "the table as it was at a moment, by its continuous backup to the second, such as -15m")
  private @Nullable ToTime toTime;

  /** The table that the user names, if any. */
  public Optional<String> table() {
    return Optional.ofNullable(table).or(() -> given().filter(text -> !isId(text)));
  }

  /**
   * Whether a text means a recovery point: {@code latest}, an id, or the beginning of one. Ids
   * begin with 0 until the year 2286; a table of such a name has to be given by its option.
   */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** What is given as argument, where it is no location. */
  private Optional<String> given() {
    return Optional.ofNullable(source).filter(text -> !OpenContent.isLocation(text));
  }

  /**
   * Opens what is meant, protected from deletion until it is closed.
   *
   * @param onLost called when the protection is lost, on another thread: stop reading
   */
  public OpenContent open(Session session, Runnable onLost) throws InterruptedException {
    if (toTime != null && (at != null || given().filter(ContentSelection::isId).isPresent())) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read a table at the moment '%s': a recovery point is chosen, too"
              .formatted(toTime.text()),
          "give a table and --to-time");
    }
    if (source != null && OpenContent.isLocation(source)) {
      requireNoMoment(source);
      return OpenContent.of(
          session.wiring(), List.of(session.wiring().location(source)), Optional.ofNullable(at));
    }
    OpenVault open = session.wiring().openVault();
    try {
      OpenContent content =
          toTime == null
              ? OpenContent.of(
                  open.vault(), find(open.vault().catalog()), onLost, session.output()::warning)
              : atMoment(session, open.vault(), toTime, onLost);
      return content.closingToo(open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private void requireNoMoment(String location) {
    if (toTime != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to read export '%s' at a moment: it has no continuous backup".formatted(location),
          "choose the newest state that is not later with --at");
    }
  }

  private OpenContent atMoment(Session session, Vault vault, ToTime moment, Runnable onLost)
      throws InterruptedException {
    List<String> tables = new MomentTables(vault).select(table().stream().toList());
    MomentPlan plan = new MomentTables(vault).plan(tables.get(0), moment, session::now);
    plan.notes().forEach(session.output()::warning);
    return OpenContent.of(vault, plan, onLost, session.output()::warning);
  }

  private CatalogEntry find(Catalog catalog) {
    Selector wanted = selector();
    Optional<String> name = table();
    return name.isPresent() ? catalog.find(name.get(), wanted) : catalog.find(wanted);
  }

  private Selector selector() {
    Optional<String> id = given().filter(text -> isId(text) || table != null);
    if (at == null) {
      return id.isPresent() ? Selector.parse(id.get()) : new Selector.Latest();
    }
    if (id.isPresent()) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to select a recovery point by '" + id.get() + "' and by time",
          "give one of both");
    }
    return new Selector.At(at);
  }
}
