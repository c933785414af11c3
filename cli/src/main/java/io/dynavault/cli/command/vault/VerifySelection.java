// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import io.dynavault.cli.command.ExportPlace;
import io.dynavault.cli.command.KeySchemaConverter;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.cli.command.Session;
import io.dynavault.cli.command.Wiring.OpenVault;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Selector;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.verify.VerifyTarget;
import io.dynavault.format.item.KeySchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How verify is told what. */
final class VerifySelection {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RECOVERY-POINT|LOCATION",
      description =
          "latest, an id or the beginning of one; or the location of an export, full or"
              + " incremental, or of a folder with several, such as"
              + " s3://bucket/AWSDynamoDB/01715685260608-c488b4e1")
  private @Nullable String source;

  @Option(
      names = {"-t", "--table"},
      paramLabel = "NAME",
      description = "only recovery points of this table")
  private @Nullable String table;

  @Option(
      names = "--key-schema",
      paramLabel = "KEY",
      converter = KeySchemaConverter.class,
      description = "key of an export's table, to look for items of the same key, such as pk:S")
  private @Nullable KeySchema keySchema;

  OpenTarget open(Session session) {
    if (source != null && OpenContent.isLocation(source)) {
      ExportPlace place = ExportPlace.of(session.wiring().location(source));
      ObjectStore store = session.wiring().openStore(place.root());
      return new OpenTarget(
          new VerifyTarget.BareExport(store, place.key(), Optional.ofNullable(keySchema)),
          store::close);
    }
    OpenVault open = session.wiring().openVault();
    try {
      return new OpenTarget(target(open.vault()), open::close);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private VerifyTarget target(Vault vault) {
    if (source != null) {
      Selector selector = Selector.parse(source);
      CatalogEntry entry =
          table == null ? vault.catalog().find(selector) : vault.catalog().find(table, selector);
      return new VerifyTarget.OnePoint(vault, entry.tableName(), entry.id());
    }
    return table == null
        ? new VerifyTarget.WholeVault(vault)
        : new VerifyTarget.OneTable(vault, table);
  }
}
