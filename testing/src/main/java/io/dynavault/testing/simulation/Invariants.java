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
import io.dynavault.core.vault.CatalogListing;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** What recovery points hold that were read and found true, by the versions of their objects. */
  private final Map<String, SortedMap<String, String>> known = new HashMap<>();

  /** What was last listed of a store, which is so as long as nothing in it has changed. */
  private final Map<MemoryStore, Listed> listed = new HashMap<>();

  /** Recovery points that were there in the beginning. */
  private final Set<String> given = new HashSet<>();

  /**
   * What a catalog says.
   *
   * @param state of the store, by the versions of its objects
   */
  private record Listed(String state, CatalogListing listing) {}

  /** Of a world in which nothing has gone wrong yet. */
  public Invariants(Simulation world) {
    this.world = world;
    try (SimulatedProcess process = world.begin()) {
      for (CatalogEntry entry : list(world.vault()).entries()) {
        given.add(versions(process.vault(), entry.point()));
      }
    }
  }

  /** No record, in either vault, points at missing or wrong data. */
  public void whileBroken() {
    everyRecordIsTrue(world.vault());
    everyRecordIsTrue(world.otherVault());
  }

  /**
   * Both vaults are verified without a finding, the newest recovery point comes back item by item,
   * and nothing is left that nobody needs.
   */
  public void afterwards() throws InterruptedException {
    whileBroken();
    try (SimulatedProcess process = world.begin()) {
      world.passADay();
      for (MemoryStore store : List.of(world.vault(), world.otherVault())) {
        if (isNew(store)) {
          continue;
        }
        Vault vault = vault(store);
        collect(process, vault);
        assertThat(process.verify(vault).findings()).as("findings of verify").isEmpty();
      }
      theLatestComesBack(process);
    }
    nothingIsLeftOver(world.vault());
    nothingIsLeftOver(world.otherVault());
  }

  /** Whether nothing is in a vault, in which there is nothing to judge then. */
  private static boolean isNew(MemoryStore store) {
    List<String> keys = new ArrayList<>();
    store.list("", info -> keys.add(info.key()));
    store.listUnfinished(upload -> keys.add(upload.id()));
    return keys.equals(List.of(ObjectKeys.vault()));
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
    return ids(world.vault());
  }

  /** Ids of the recovery points in the vault that is copied to. */
  public Set<RecoveryPointId> copied() {
    return ids(world.otherVault());
  }

  private Set<RecoveryPointId> ids(MemoryStore store) {
    return list(store).entries().stream().map(CatalogEntry::id).collect(Collectors.toSet());
  }

  private CatalogListing list(MemoryStore store) {
    StringBuilder state = new StringBuilder();
    store.list("", info -> state.append(info.key()).append(' ').append(info.version()).append(' '));
    return listed
        .compute(
            store,
            (key, last) ->
                last != null && last.state().contentEquals(state)
                    ? last
                    : new Listed(state.toString(), vault(store).catalog().list()))
        .listing();
  }

  private Vault vault(MemoryStore store) {
    SimulatedProcess process = world.begin();
    return store == world.vault() ? process.vault() : process.otherVault();
  }

  private void everyRecordIsTrue(MemoryStore store) {
    CatalogListing listing = list(store);
    assertThat(listing.unreadable()).as("records that cannot be read").isEmpty();
    for (CatalogEntry entry : listing.entries()) {
      knownItems(vault(store), entry.point());
    }
  }

  /** The items of a recovery point, which are what was backed up. */
  private SortedMap<String, String> knownItems(Vault vault, RecoveryPoint point) {
    return known.computeIfAbsent(
        versions(vault, point),
        versions -> {
          SortedMap<String, String> items = items(vault, point);
          requireBackedUp(point.id(), items);
          return items;
        });
  }

  /** All items of the newest recovery point by their keys. */
  SortedMap<String, String> latest() {
    Vault vault = vault(world.vault());
    List<CatalogEntry> entries = list(world.vault()).entries();
    return knownItems(vault, entries.get(entries.size() - 1).point());
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
    Vault vault = process.vault();
    RecoveryPoint latest = process.latest(vault).point();
    if (given.contains(versions(vault, latest))) {
      return; // it is as it was made when nothing went wrong
    }
    assertThat(process.restoreInto(table).complete()).isTrue();
    assertThat(world.dynamoDb().contents(table)).isEqualTo(knownItems(vault, latest));
    world.dynamoDb().client().deleteTable(b -> b.tableName(table));
  }

  private void nothingIsLeftOver(MemoryStore store) {
    Set<String> needed = new HashSet<>();
    for (CatalogEntry entry : list(store).entries()) {
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
