// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.ByteSize;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.cli.output.Page;
import io.dynavault.cli.output.TimeText;
import io.dynavault.cli.output.View;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.CatalogListing;
import io.dynavault.core.vault.LockState;
import io.dynavault.core.vault.VaultConfig;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/** A vault and a summary of what is in it. */
record VaultView(
    VaultConfig config,
    String location,
    LockState lock,
    CatalogListing listing,
    int unfinishedRuns,
    Instant now)
    implements View {

  @Override
  public void text(Page page) {
    Page.Fields fields =
        page.fields()
            .field("Name", config.name())
            .field("Id", config.id().toString())
            .field("Location", location)
            .field("Created", moment(config.created()))
            .field("Lock", LockText.describe(lock, now))
            .field("Tables", Counts.text(tables()))
            .field("Recovery points", Counts.text(listing.entries().size()))
            .field("Stored", ByteSize.text(storedBytes()));
    newest().ifPresent(entry -> fields.field("Newest", moment(entry.point().startTime())));
    oldest().ifPresent(entry -> fields.field("Oldest", moment(entry.point().startTime())));
    if (!config.tags().isEmpty()) {
      fields.field("Tags", new TreeMap<>(config.tags()).toString());
    }
    if (unfinishedRuns > 0) {
      fields.field("Unfinished runs", Counts.text(unfinishedRuns));
    }
    fields.end();
  }

  @Override
  public JsonNode json() {
    ObjectNode json =
        Json.object()
            .put("name", config.name())
            .put("id", config.id().toString())
            .put("location", location)
            .put("created", Json.time(config.created()))
            .put("tableCount", tables())
            .put("recoveryPointCount", listing.entries().size())
            .put("unreadableCount", listing.unreadable().size())
            .put("storedBytes", storedBytes())
            .put("unfinishedRuns", unfinishedRuns);
    newest().ifPresent(entry -> json.put("newest", Json.time(entry.point().startTime())));
    oldest().ifPresent(entry -> json.put("oldest", Json.time(entry.point().startTime())));
    lock.lock().ifPresent(locked -> json.set("lock", LockText.json(locked, now)));
    json.set("tags", Json.texts(config.tags()));
    return json;
  }

  private String moment(Instant instant) {
    return TimeText.moment(instant) + " (" + TimeText.age(instant, now) + ")";
  }

  private long tables() {
    return listing.entries().stream().map(CatalogEntry::tableName).distinct().count();
  }

  private long storedBytes() {
    return listing.entries().stream().mapToLong(entry -> entry.point().storedBytes()).sum();
  }

  private Optional<CatalogEntry> newest() {
    return listing.entries().stream().max(Comparator.comparing(CatalogEntry::id));
  }

  private Optional<CatalogEntry> oldest() {
    return listing.entries().stream().min(Comparator.comparing(CatalogEntry::id));
  }
}
