// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything about a recovery point.
 *
 * @param protectedUntil by the vault's lock, where there is one
 * @param bases what it is of continuous backups
 */
record RecoveryPointView(
    CatalogEntry entry,
    Optional<Hold> hold,
    Optional<Instant> protectedUntil,
    List<Base> bases,
    Instant now)
    implements View {

  @Override
  public void text(Page page) {
    RecoveryPoint point = entry.point();
    Page.Fields fields =
        page.fields()
            .field("Recovery point", point.id().value())
            .field("Table", point.tableName())
            .field("Method", words(point.method()))
            .field("Began", moment(point.startTime()))
            .field("Took", TimeText.span(Duration.between(point.startTime(), point.endTime())))
            .field("Consistency", words(point.consistency()));
    if (point.content() instanceof StoredExport export) {
      addExport(fields, export);
    } else {
      addBackup(fields, (ManagedBackup) point.content());
    }
    point.deleteAfter().ifPresent(end -> fields.field("Expires", moment(end)));
    protectedUntil.ifPresent(end -> fields.field("Locked until", moment(end)));
    hold.ifPresent(held -> fields.field("Held", held.by() + ": " + held.reason()));
    for (Base base : bases) {
      fields.field(
          "Base of",
          "continuous backup %s, from %s on"
              .formatted(base.chain(), TimeText.moment(base.restorableFrom())));
    }
    if (!point.tags().isEmpty()) {
      fields.field("Tags", new TreeMap<>(point.tags()).toString());
    }
    fields.field("Written by", "dynavault " + point.toolVersion()).end().blank();
    TableText.print(page, point.table());
  }

  @Override
  public JsonNode json() {
    RecoveryPoint point = entry.point();
    ObjectNode json = RecoveryPointJson.summary(entry);
    if (point.content() instanceof StoredExport export) {
      json.put("exportPrefix", export.exportPrefix());
    }
    json.put("toolVersion", point.toolVersion());
    protectedUntil.ifPresent(end -> json.put("lockedUntil", Json.time(end)));
    hold.ifPresent(held -> json.set("hold", HoldChange.json(held)));
    if (!bases.isEmpty()) {
      ArrayNode chains = json.putArray("baseOf");
      for (Base base : bases) {
        chains
            .addObject()
            .put("chain", base.chain().value())
            .put("restorableFrom", Json.time(base.restorableFrom()));
      }
    }
    json.set("table", TableText.json(point.table()));
    ArrayNode files = json.putArray("files");
    for (StoredFile file : point.files()) {
      files
          .addObject()
          .put("key", file.key())
          .put("size", file.size())
          .put(file.checksum().isMd5() ? "md5Checksum" : "sha256", file.checksum().value())
          .put("itemCount", file.itemCount());
    }
    return json;
  }

  private void addExport(Page.Fields fields, StoredExport export) {
    String filtered = entry.point().filtered() ? ", filtered" : "";
    export
        .window()
        .ifPresent(
            window ->
                fields.field(
                    "Changes",
                    "from %s to %s, %s"
                        .formatted(
                            TimeText.moment(window.from()),
                            TimeText.moment(window.to()),
                            words(window.view()))));
    fields
        .field("Items", Counts.text(export.itemCount()) + filtered)
        .field("Size", ByteSize.text(export.itemBytes()))
        .field(
            "Stored",
            ByteSize.text(export.storedBytes()) + " in " + Counts.of(export.files().size(), "file"))
        .field("Format", words(export.outputFormat()) + ", " + words(export.compression()))
        .field("Location", export.exportPrefix());
  }

  private static void addBackup(Page.Fields fields, ManagedBackup backup) {
    backup.itemCount().ifPresent(count -> fields.field("Items", Counts.text(count)));
    backup.sizeBytes().ifPresent(size -> fields.field("Size", ByteSize.text(size)));
    fields.field("Stored", "at AWS").field("ARN", backup.arn());
  }

  private String moment(Instant instant) {
    return TimeText.moment(instant) + " (" + TimeText.age(instant, now) + ")";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
