// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.core.content.ContentPart;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.continuous.Base;
import io.dynavault.core.continuous.ChainLog;
import io.dynavault.core.continuous.ChangeFile;
import io.dynavault.core.continuous.Commit;
import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import io.dynavault.testing.table.CanonicalItem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The newest chain of a table, replayed to its end: the base's items, and for each key that was
 * changed the last new image.
 */
public final class ReplayedChain {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Vault vault;
  private final ChainLog chain;
  private final List<JsonNode> changes = new ArrayList<>();

  private ReplayedChain(Vault vault, ChainLog chain) {
    this.vault = vault;
    this.chain = chain;
  }

  /** Reads all commits of a table's newest chain. */
  public static ReplayedChain of(Vault vault, String table) {
    ChainLog chain = new ContinuousBackups(vault.store()).newest(table).orElseThrow();
    ReplayedChain replayed = new ReplayedChain(vault, chain);
    for (Commit commit : chain.commitsFrom(1)) {
      commit.files().forEach(replayed::read);
    }
    return replayed;
  }

  private void read(ChangeFile file) {
    int before = changes.size();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(vault.store().read(file.key())), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        changes.add(MAPPER.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (changes.size() - before != file.changes()) {
      throw new AssertionError(file.key() + " has not as many changes as its commit says");
    }
  }

  public ChainLog chain() {
    return chain;
  }

  /** The sequence numbers of all changes, in order. */
  public List<String> sequenceNumbers() {
    return changes.stream()
        .map(change -> change.path("Metadata").path("SequenceNumber").path("S").asText())
        .toList();
  }

  /** The items by their keys at the chain's end, as {@code LiveTable.contents()} has them. */
  public SortedMap<String, String> contents() throws InterruptedException {
    SortedMap<String, String> contents = baseItems();
    for (JsonNode change : changes) {
      String key = CanonicalItem.of(change.path("Keys").toString());
      JsonNode image = change.get("NewImage");
      if (image == null) {
        contents.remove(key);
      } else {
        contents.put(key, CanonicalItem.of(image.toString()));
      }
    }
    return contents;
  }

  private SortedMap<String, String> baseItems() throws InterruptedException {
    Base base = chain.bases().get(0);
    RecoveryPoint point =
        vault.catalog().get(chain.chain().tableName(), base.recoveryPoint()).orElseThrow().point();
    SortedMap<String, String> items = new TreeMap<>();
    String key = point.table().keySchema().partitionKey().name();
    try (ExportContent content = ExportContent.open(vault.store(), point)) {
      for (ContentPart part : content.parts()) {
        part.read(
            (json, offset, length, size) ->
                add(items, key, new String(json, offset, length, UTF_8)));
      }
    }
    return items;
  }

  private static void add(SortedMap<String, String> items, String keyName, String item) {
    try {
      JsonNode key = requireNonNull(MAPPER.readTree(item).get(keyName), "the item has no key");
      items.put(
          CanonicalItem.of(MAPPER.createObjectNode().set(keyName, key).toString()),
          CanonicalItem.of(item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
