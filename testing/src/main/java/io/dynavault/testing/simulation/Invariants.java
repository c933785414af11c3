// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.gc.GcResult;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.core.vault.Vault;
import io.dynavault.format.export.ExportFile;
import io.dynavault.format.layout.ObjectKeys;
import io.dynavault.format.layout.VaultKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What must be true of a simulation whatever has gone wrong. {@link #whileBroken()} at any moment;
 * {@link #afterwards()} after the last run has ended well and a day has passed.
 */
public final class Invariants {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Simulation world;

  /** Versions of the objects of recovery points that were read and found true. */
  private final Set<String> known = new HashSet<>();

  public Invariants(Simulation world) {
    this.world = world;
  }

  /** No record, in either vault, points at missing or wrong data. */
  public void whileBroken() {
    try (SimulatedProcess process = world.begin()) {
      everyRecordIsTrue(process.vault());
      everyRecordIsTrue(process.otherVault());
    }
  }

  /**
   * Both vaults are verified without a finding, the newest recovery point comes back item by item,
   * and nothing is left that nobody needs.
   */
  public void afterwards() throws InterruptedException {
    whileBroken();
    try (SimulatedProcess process = world.begin()) {
      world.passADay();
      for (Vault vault : List.of(process.vault(), process.otherVault())) {
        collect(process, vault);
        assertThat(process.verify(vault).findings()).as("findings of verify").isEmpty();
      }
      theLatestComesBack(process);
    }
    nothingIsLeftOver(world.vault());
    nothingIsLeftOver(world.otherVault());
  }

  /** What one collection has finished can leave holds or marks that are debris then. */
  private static void collect(SimulatedProcess process, Vault vault) throws InterruptedException {
    GcResult result = process.gc(vault);
    for (int round = 0; round < 3 && !result.removed().isEmpty(); round++) {
      result = process.gc(vault);
    }
    assertThat(result.failed()).isEmpty();
    assertThat(result.removed()).as("debris that comes again and again").isEmpty();
  }

  /** Ids of the recovery points in the vault. */
  public Set<RecoveryPointId> committed() {
    return ids(world.begin().vault());
  }

  /** Ids of the recovery points in the vault that is copied to. */
  public Set<RecoveryPointId> copied() {
    return ids(world.begin().otherVault());
  }

  private static Set<RecoveryPointId> ids(Vault vault) {
    return vault.catalog().list().entries().stream()
        .map(CatalogEntry::id)
        .collect(Collectors.toSet());
  }

  private void everyRecordIsTrue(Vault vault) {
    var listing = vault.catalog().list();
    assertThat(listing.unreadable()).as("records that cannot be read").isEmpty();
    for (CatalogEntry entry : listing.entries()) {
      if (!known.contains(versions(vault, entry.point()))) {
        requireBackedUp(entry.id(), items(vault, entry.point()));
        known.add(versions(vault, entry.point()));
      }
    }
  }

  private static String versions(Vault vault, RecoveryPoint point) {
    return vault.store().location()
        + point.files().stream()
            .map(file -> vault.store().stat(file.key()).map(ObjectInfo::version).orElse("gone"))
            .collect(Collectors.joining(" ", " " + point.id() + " ", ""));
  }

  /** All items of a recovery point by their keys, each once. */
  public static SortedMap<String, String> items(Vault vault, RecoveryPoint point) {
    SortedMap<String, String> items = new TreeMap<>();
    ExportContent content = ExportContent.open(vault.store(), point);
    for (ExportFile file : content.export().files()) {
      try {
        content.read(
            file, (json, at, length, size) -> add(items, new String(json, at, length, UTF_8)));
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return items;
  }

  private static void add(SortedMap<String, String> items, String json) {
    try {
      JsonNode item = JSON.readTree(json);
      ObjectNode key = JSON.createObjectNode();
      key.set("pk", item.get("pk"));
      key.set("sk", item.get("sk"));
      assertThat(items.put(key.toString(), item.toString())).as("twice: %s", key).isNull();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A backup that was gone on with after the table had changed holds of each item one of the states
   * that it had meanwhile.
   */
  private void requireBackedUp(RecoveryPointId id, SortedMap<String, String> items) {
    List<SortedMap<String, String>> states = world.backedUp(id);
    assertThat(states).as("recovery point %s was never begun", id).isNotEmpty();
    if (states.size() == 1) {
      assertThat(items).as("items of %s", id).isEqualTo(states.get(0));
      return;
    }
    Set<String> keys = new HashSet<>(items.keySet());
    states.forEach(state -> keys.addAll(state.keySet()));
    for (String key : keys) {
      List<String> possible = new ArrayList<>();
      states.forEach(state -> possible.add(state.getOrDefault(key, "none")));
      assertThat(possible).as("%s of %s", key, id).contains(items.getOrDefault(key, "none"));
    }
  }

  private void theLatestComesBack(SimulatedProcess process) throws InterruptedException {
    if (committed().isEmpty()) {
      return;
    }
    String table = "drill-" + world.time().nanos();
    RecoveryPoint latest = process.latest(process.vault()).point();
    assertThat(process.restoreInto(table).complete()).isTrue();
    assertThat(world.dynamoDb().contents(table)).isEqualTo(items(process.vault(), latest));
    world.dynamoDb().client().deleteTable(b -> b.tableName(table));
  }

  private void nothingIsLeftOver(MemoryStore store) {
    Vault vault = (store == world.vault()) ? world.begin().vault() : world.begin().otherVault();
    Set<String> needed = new HashSet<>();
    for (CatalogEntry entry : vault.catalog().list().entries()) {
      entry.point().files().stream().map(StoredFile::key).forEach(needed::add);
      needed.add(ObjectKeys.recoveryPoint(entry.tableName(), entry.id().value()));
    }
    List<String> orphans = new ArrayList<>();
    store.list(
        "",
        info -> {
          if (!needed.contains(info.key()) && !belongsToEveryVault(info.key())) {
            orphans.add(info.key());
          }
        });
    store.listUnfinished(upload -> orphans.add(upload.toString()));
    assertThat(orphans).as("orphans").isEmpty();
  }

  /** Leases that were given up stay: they hold the number that the next holder counts on from. */
  private static boolean belongsToEveryVault(String key) {
    return key.equals(ObjectKeys.vault())
        || key.equals(VaultKeys.CLOCK)
        || key.startsWith(VaultKeys.LOCK_LOG)
        || (key.startsWith("locks/") && key.endsWith("/lease.json"));
  }
}
