// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TextTable;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.ExportWindow;
import io.dynavault.core.vault.Hold;
import io.dynavault.core.vault.ManagedBackup;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.UnreadableRecord;
import io.dynavault.format.layout.RecoveryPointKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Recovery points, one a line.
 *
 * @param holds those of the vault
 */
record RecoveryPointsView(
    List<CatalogEntry> entries,
    List<UnreadableRecord> unreadable,
    Map<RecoveryPointKey, Hold> holds,
    Instant now)
    implements View {

  @Override
  public void text(Page page) {
    if (entries.isEmpty()) {
      page.line("no recovery points");
      return;
    }
    TextTable table =
        TextTable.of(
            "TABLE", "RECOVERY POINT", "BEGAN", ">AGE", ">ITEMS", ">SIZE", ">STORED", "NOTES");
    for (CatalogEntry entry : entries) {
      RecoveryPoint point = entry.point();
      table.row(
          point.tableName(),
          point.id().value(),
          TimeText.moment(point.startTime()),
          TimeText.age(point.startTime(), now),
          items(point),
          size(point),
          point.method().isManaged() ? "at AWS" : ByteSize.text(point.storedBytes()),
          notes(entry));
    }
    page.table(table);
  }

  /** A dash where AWS has not told. */
  private static String items(RecoveryPoint point) {
    OptionalLong count =
        point.content() instanceof ManagedBackup backup
            ? backup.itemCount()
            : OptionalLong.of(point.export().itemCount());
    return count.isPresent() ? Counts.text(count.getAsLong()) : "-";
  }

  private static String size(RecoveryPoint point) {
    OptionalLong bytes =
        point.content() instanceof ManagedBackup backup
            ? backup.sizeBytes()
            : OptionalLong.of(point.export().itemBytes());
    return bytes.isPresent() ? ByteSize.text(bytes.getAsLong()) : "-";
  }

  private Optional<Hold> hold(CatalogEntry entry) {
    RecoveryPointKey key = new RecoveryPointKey(entry.tableName(), entry.id().value());
    return Optional.ofNullable(holds.get(key));
  }

  private String notes(CatalogEntry entry) {
    RecoveryPoint point = entry.point();
    List<String> notes = new ArrayList<>();
    notes.add(point.method().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (point.content() instanceof StoredExport export && export.window().isPresent()) {
      ExportWindow window = export.window().get();
      notes.add(
          "changes of " + TimeText.moment(window.from()) + " to " + TimeText.moment(window.to()));
    }
    if (point.filtered()) {
      notes.add("filtered");
    }
    point.deleteAfter().ifPresent(end -> notes.add("expires " + TimeText.age(end, now)));
    hold(entry).ifPresent(held -> notes.add("held"));
    point.tags().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(tag -> notes.add(tag.getKey() + "=" + tag.getValue()));
    return String.join(", ", notes);
  }

  @Override
  public JsonNode json() {
    ObjectNode json = Json.object();
    ArrayNode points = json.putArray("recoveryPoints");
    for (CatalogEntry entry : entries) {
      ObjectNode point = RecoveryPointJson.summary(entry);
      hold(entry).ifPresent(held -> point.set("hold", HoldChange.json(held)));
      points.add(point);
    }
    ArrayNode damaged = json.putArray("unreadable");
    for (UnreadableRecord record : unreadable) {
      damaged
          .addObject()
          .put("recoveryPointId", record.id().value())
          .put("tableName", record.tableName())
          .put("message", record.problem().getMessage());
    }
    return json;
  }
}
