// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command;

import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.vault.Catalog;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How commands that read items are told where: a recovery point, or an export's location. */
public final class ContentSelection {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECOVERY-POINT|LOCATION",
      description =
          "latest (the default), an id or the beginning of one; or the location of an export,"
              + " such as s3://bucket/AWSDynamoDB/01715685260608-c488b4e1")
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
      description = "the newest recovery point that was complete at this time")
  private @Nullable Instant at;

  /** The table that the user names, if any. */
  public Optional<String> table() {
    return Optional.ofNullable(table);
  }

  /**
   * Opens what is meant, protected from deletion until it is closed.
   *
   * @param onLost called when the protection is lost, on another thread: stop reading
   */
  public OpenContent open(Session session, Runnable onLost) throws InterruptedException {
    if (source != null && OpenContent.isLocation(source)) {
      return OpenContent.of(session.wiring(), session.wiring().location(source));
    }
    OpenVault open = session.wiring().openVault();
    try {
      CatalogEntry entry = find(open.vault().catalog());
      return OpenContent.of(open.vault(), entry, onLost).closingToo(open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private CatalogEntry find(Catalog catalog) {
    Selector wanted = selector();
    return table == null ? catalog.find(wanted) : catalog.find(table, wanted);
  }

  private Selector selector() {
    if (at == null) {
      return source == null ? new Selector.Latest() : Selector.parse(source);
    }
    if (source != null) {
      throw new DynavaultException(
          ErrorCode.USAGE,
          "unable to select a recovery point by '" + source + "' and by time",
          "give one of both");
    }
    return new Selector.At(at);
  }
}
