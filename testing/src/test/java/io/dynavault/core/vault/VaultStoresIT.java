// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.copy.CopyPlanner;
import io.dynavault.core.copy.CopyRequest;
import io.dynavault.core.copy.CopyRun;
import io.dynavault.core.delete.DeleteRun;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expire.ExpirePlan;
import io.dynavault.core.expire.ExpirePlanner;
import io.dynavault.core.expire.ExpireRun;
import io.dynavault.core.expire.ExpireSurvey;
import io.dynavault.core.expire.LastGood;
import io.dynavault.core.expire.RetentionRule;
import io.dynavault.core.gc.GcPlanner;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.Holder;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.lease.LeaseSettings;
import io.dynavault.core.lease.Mark;
import io.dynavault.core.lease.ProcessProbe;
import io.dynavault.core.managed.ManagedBackups;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.StoreLocation;
import io.dynavault.core.store.local.LocalStore;
import io.dynavault.core.store.s3.S3Config;
import io.dynavault.core.store.s3.S3Store;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Vaults on real stores and real clocks: a folder, and a bucket of an S3 server. */
class VaultStoresIT {
  private static final DynamoDbClient CLIENT = TestingServers.dynamoDbClient();
  private static final String TABLE = TestingServers.newTableName("vault");
  private static final Duration TTL = Duration.ofSeconds(3);

  @TempDir private Path folder;

  /** Where a vault lies. */
  enum Place {
    FOLDER,
    BUCKET
  }

  @BeforeAll
  static void createTable() {
    CLIENT.createTable(
        b ->
            b.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build()));
    CLIENT.putItem(b -> b.tableName(TABLE).item(Map.of("pk", AttributeValue.fromS("one"))));
  }

  @AfterAll
  static void dropTable() {
    CLIENT.deleteTable(b -> b.tableName(TABLE));
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void pointsAreExpiredDeletedAndLeaveNothing(Place place) throws Exception {
    try (ObjectStore store = open(place, "main");
        TestingEngine engine = TestingEngine.on(store)) {
      RecoveryPoint first = engine.backup(TABLE).recoveryPoint();
      RecoveryPoint second = engine.backup(TABLE).recoveryPoint();
      Vault vault = vault(store, "expirer");

      ExpirePlan plan =
          new ExpireSurvey(vault, ManagedBackups.none())
              .plan(
                  new ExpirePlanner(
                      List.of(RetentionRule.builder().keepLast(1).build()), LastGood.KEEP));
      assertThat(new ExpireRun(vault, LastGood.KEEP, ManagedBackups.none()).run(plan).removed())
          .extracting(entry -> entry.point())
          .containsExactly(first);
      assertThat(keys(store, first.export().exportPrefix())).isEmpty();

      new DeleteRun(vault, ManagedBackups.none())
          .delete(vault.catalog().get(TABLE, second.id()).orElseThrow());
      assertThat(keys(store, "")).allMatch(k -> k.startsWith("locks/") || k.equals("vault.json"));
      assertThat(new GcPlanner(vault, Duration.ofHours(24)).plan().debris()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void whatIsReadOrLockedIsNotDeleted(Place place) throws Exception {
    try (ObjectStore store = open(place, "main");
        TestingEngine engine = TestingEngine.on(store)) {
      RecoveryPoint point = engine.backup(TABLE).recoveryPoint();
      Vault vault = vault(store, "deleter");
      CatalogEntry entry = vault.catalog().get(TABLE, point.id()).orElseThrow();

      try (Mark reading = vault(store, "restorer").protect(point)) {
        assertFails(ErrorCode.LEASE_HELD, vault, entry);
        reading.renew();
      }
      vault.lockLog().lock(VaultLock.governance(1, OptionalInt.empty()));
      assertFails(ErrorCode.LOCKED, vault, entry);
      vault.lockLog().unlock();
      new DeleteRun(vault, ManagedBackups.none()).delete(entry);
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void theLeaseOfADeadHolderIsTakenOverAndItsHolderFencedOff(Place place) throws Exception {
    try (ObjectStore store = open(place, "main");
        TestingEngine engine = TestingEngine.on(store)) {
      assertThat(engine.vault().runs().all()).isEmpty();
      Lease dead = vault(store, "dead").leases().acquire(LeaseName.backup(TABLE));
      long start = System.nanoTime();

      Lease next = vault(store, "next").leases().acquire(LeaseName.backup(TABLE));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TTL.multipliedBy(4));
      assertThat(next.epoch()).isEqualTo(dead.epoch() + 1);
      assertThatThrownBy(dead::verify)
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));
      next.verify();
      next.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aCopyInTheOtherKindOfStoreCanBeRestored(Place place) throws Exception {
    Place other = place == Place.FOLDER ? Place.BUCKET : Place.FOLDER;
    try (ObjectStore from = open(place, "from");
        ObjectStore to = open(other, "to");
        TestingEngine engine = TestingEngine.on(from);
        TestingEngine target = TestingEngine.on(to)) {
      RecoveryPoint point = engine.backup(TABLE).recoveryPoint();
      CopyRequest request =
          new CopyRequest(engine.vault().catalog().list().entries(), Optional.empty(), 2);

      new CopyRun(
              engine.vault(), target.vault(), RunContext.system("copy", new StopSignal()), "test")
          .run(new CopyPlanner(engine.vault(), target.vault()).plan(request));

      assertThat(target.vault().catalog().list().entries())
          .extracting(CatalogEntry::point)
          .containsExactly(point);
      String restored = TestingServers.newTableName("restored");
      target.restoreInto(point, restored);
      assertThat(CLIENT.scan(b -> b.tableName(restored)).items()).hasSize(1);
      CLIENT.deleteTable(b -> b.tableName(restored));
    }
  }

  private static void assertFails(ErrorCode code, Vault vault, CatalogEntry entry) {
    assertThatThrownBy(() -> new DeleteRun(vault, ManagedBackups.none()).delete(entry))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(vault.catalog().list().entries()).containsExactly(entry);
  }

  /** The vault as another machine sees it: one whose processes nobody here knows. */
  private static Vault vault(ObjectStore store, String host) {
    LeaseSettings settings =
        new LeaseSettings(
            TTL, InstantSource.system(), Ticker.system(), Sleeper.system(), ProcessProbe.none());
    return Vault.open(store, Holder.of(host, 42, "test", new Random(host.hashCode())), settings);
  }

  private ObjectStore open(Place place, String name) {
    if (place == Place.FOLDER) {
      return new LocalStore(new StoreLocation.Folder(folder.resolve(name)), new Random(1));
    }
    return S3Store.open(
        new StoreLocation.Bucket(TestingServers.newBucket(), "vaults/" + name),
        S3Config.defaults()
            .withEndpoint(TestingServers.s3().endpoint())
            .withRegion(TestingServers.region().id())
            .withCredentials(TestingServers.credentialsProvider()),
        InstantSource.system());
  }

  private static List<String> keys(ObjectStore store, String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, info -> keys.add(info.key()));
    return keys;
  }
}
