// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.simulation;

import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.core.transport.ResponseBuffer;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import io.dynavault.core.vault.VaultConfig;
import io.dynavault.testing.dynamodb.MemoryDynamoDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * A world in memory: DynamoDB, a vault, another vault to copy to, and the time. It remembers what a
 * table held while each of its backups was made, by which {@link Invariants} judge.
 */
public final class Simulation {
  /** The table that is backed up. */
  public static final String TABLE = "orders";

  private static final Instant START = Instant.parse("2026-03-28T22:00:00Z");
  private static final int KEYS = 36;
  private static final int PAGE_BYTES = 900;

  private final SimulatedTime time = new SimulatedTime(START);
  private final MemoryStore vault = MemoryStore.isolated(time);
  private final MemoryStore otherVault =
      MemoryStore.isolated(new StoreLocation.Memory("other"), time);
  private final MemoryDynamoDb dynamoDb;
  private final long seed;
  private final RandomGenerator random;
  private final Map<RecoveryPointId, List<SortedMap<String, String>>> backedUp =
      new LinkedHashMap<>();

  /** A world with a table of items and two vaults without recovery points. */
  public Simulation(long seed) {
    this.seed = seed;
    random = new Random(seed);
    dynamoDb = new MemoryDynamoDb(time).withPagesOf(PAGE_BYTES);
    createTable(TABLE);
    change(40);
    for (MemoryStore store : List.of(vault, otherVault)) {
      VaultConfig config = new VaultConfig(new UUID(1, 2), "simulated", START, Map.of(), "test");
      Vault.create(store, config, Holder.of("host", 1, "setup", random), leaseSettings());
    }
  }

  /**
   * A world like the other one is now, in which nothing is under way and chance is another: to copy
   * what was prepared once is faster than to prepare it again.
   */
  Simulation(Simulation other) {
    seed = ~other.seed;
    random = new Random(seed);
    SortedMap<Instant, List<Runnable>> past = new TreeMap<>();
    noteWrites(past, other.vault, vault);
    noteWrites(past, other.otherVault, otherVault);
    past.forEach(
        (moment, writes) -> {
          time.pass(Duration.between(time.instant(), moment));
          writes.forEach(Runnable::run);
        });
    time.pass(Duration.between(time.instant(), other.time.instant()));
    dynamoDb = other.dynamoDb.copy(time);
    other.backedUp.forEach((id, states) -> backedUp.put(id, new ArrayList<>(states)));
  }

  /** What has to be written when, so that a store becomes what another one is. */
  private static void noteWrites(
      SortedMap<Instant, List<Runnable>> past, MemoryStore from, MemoryStore to) {
    from.list(
        "",
        info -> {
          byte[] content = read(from, info.key());
          past.computeIfAbsent(info.lastModified(), moment -> new ArrayList<>())
              .add(() -> to.put(info.key(), content));
        });
    from.listUnfinished(
        upload ->
            past.computeIfAbsent(upload.lastActive(), moment -> new ArrayList<>())
                .add(() -> to.upload(upload.key().orElseThrow())));
  }

  private static byte[] read(MemoryStore store, String key) {
    try (ObjectDownload download = store.read(key)) {
      return download.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public SimulatedTime time() {
    return time;
  }

  public MemoryDynamoDb dynamoDb() {
    return dynamoDb;
  }

  /** The content of the vault, without faults. */
  public MemoryStore vault() {
    return vault;
  }

  /** The content of the vault that is copied to, without faults. */
  public MemoryStore otherVault() {
    return otherVault;
  }

  /** Chance, from the seed. */
  public RandomGenerator random() {
    return random;
  }

  /** Time that stands still for the program unless it sleeps. */
  Timing timing() {
    return new Timing(time, time, random);
  }

  /** Nobody is known to be dead, as between machines: what a process leaves behind runs out. */
  LeaseSettings leaseSettings() {
    return new LeaseSettings(LeaseSettings.DEFAULT_TTL, time, time, time, ProcessProbe.none());
  }

  /** Begins a run of the program. */
  public SimulatedProcess begin(ProcessFaults faults) {
    return new SimulatedProcess(this, faults);
  }

  /** Begins a run of the program with which nothing goes wrong. */
  public SimulatedProcess begin() {
    return begin(ProcessFaults.none());
  }

  /** All items of the table by their keys. */
  public SortedMap<String, String> items() {
    return dynamoDb.contents(TABLE);
  }

  /** Creates an empty table with the keys of {@link #TABLE}. */
  public void createTable(String name) {
    dynamoDb
        .client()
        .createTable(
            CreateTableRequest.builder()
                .tableName(name)
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType("HASH").build(),
                    KeySchemaElement.builder().attributeName("sk").keyType("RANGE").build())
                .attributeDefinitions(
                    AttributeDefinition.builder().attributeName("pk").attributeType("S").build(),
                    AttributeDefinition.builder().attributeName("sk").attributeType("N").build())
                .billingMode("PAY_PER_REQUEST")
                .build());
  }

  /** Puts, replaces and now and then deletes so many items of the table. */
  public void change(int items) {
    for (int i = 0; i < items; i++) {
      String key = key(random.nextInt(KEYS));
      if (random.nextInt(8) == 0) {
        delete(TABLE, key);
      } else {
        put(TABLE, item(key, random.nextInt()));
      }
    }
  }

  /** The key of this number, in DynamoDB JSON. */
  static String key(int number) {
    return "{\"pk\":{\"S\":\"p%d\"},\"sk\":{\"N\":\"%d\"}}".formatted(number % 40, number);
  }

  /** An item that differs by its version. */
  static String item(String key, int version) {
    return key.substring(0, key.length() - 1)
        + ",\"version\":{\"N\":\"%d\"},\"text\":{\"S\":\"%s\"},\"b\":{\"M\":{\"c\":{\"B\":\"/w==\"}}}}"
            .formatted(version, "é\\n\\\"".repeat(Math.floorMod(version, 40)));
  }

  void put(String table, String item) {
    call(
        "BatchWriteItem",
        "{\"RequestItems\":{\"%s\":[{\"PutRequest\":{\"Item\":%s}}]}}".formatted(table, item));
  }

  void delete(String table, String key) {
    call(
        "BatchWriteItem",
        "{\"RequestItems\":{\"%s\":[{\"DeleteRequest\":{\"Key\":%s}}]}}".formatted(table, key));
  }

  private void call(String operation, String request) {
    byte[] body = request.getBytes(StandardCharsets.UTF_8);
    try (DynamoDbTransport transport = dynamoDb.transport()) {
      transport.call(operation, body, body.length, new ResponseBuffer());
    }
  }

  /** Lets time pass until everything that runs out has run out. */
  public void passADay() {
    time.pass(Duration.ofHours(25));
  }

  /** Notes what the table holds now, while a backup is made or gone on with. */
  synchronized void remember(RecoveryPointId id) {
    backedUp.computeIfAbsent(id, i -> new ArrayList<>()).add(items());
  }

  /** What the table held while the backup was made. */
  synchronized List<SortedMap<String, String>> backedUp(RecoveryPointId id) {
    return List.copyOf(backedUp.getOrDefault(id, List.of()));
  }

  /** The first recovery point that was begun. */
  synchronized RecoveryPointId first() {
    return backedUp.keySet().iterator().next();
  }
}
