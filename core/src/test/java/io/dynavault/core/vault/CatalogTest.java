// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static io.dynavault.core.error.Failures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final TestingVault testing = new TestingVault();
  private final Catalog catalog = testing.vault.catalog();

  @Test
  void listsByTableAndTime() {
    CatalogEntry users = testing.commit("users", "2026-11-20T00:00:00Z");
    CatalogEntry second = testing.commit("orders", "2026-11-21T00:00:00Z");
    CatalogEntry first = testing.commit("orders", "2026-11-19T00:00:00Z");

    assertThat(catalog.list().entries()).containsExactly(first, second, users);
    assertThat(catalog.list("orders").entries()).containsExactly(first, second);
    assertThat(catalog.list("order").entries()).isEmpty();
    assertThat(catalog.tableNames()).containsExactly("orders", "users");
  }

  @Test
  void aCommittedPointIsReadBackAsItWas() {
    RecoveryPoint point = TestingPoints.point("orders", "2026-11-21T09:30:00.123Z");
    testing.commit(point);

    CatalogEntry entry = catalog.get("orders", point.id()).orElseThrow();

    assertThat(entry.point()).isEqualTo(point);
    assertThat(entry.committed()).isEqualTo(testing.time.instant());
  }

  /** F18: one bad record does not hide the others. */
  @Test
  @Tag("F18")
  void anUnreadableRecordIsIsolated() {
    CatalogEntry good = testing.commit("orders", "2026-11-19T00:00:00Z");
    put("recovery-points/orders/01795253400123-0a1b2c3d.json", "{\"formatVersion\":");
    put("recovery-points/orders/01795253400124-0a1b2c3d.json", "{\"formatVersion\":\"2.0\"}");

    CatalogListing listing = catalog.list();

    assertThat(listing.entries()).containsExactly(good);
    assertThat(listing.unreadable())
        .extracting(bad -> bad.problem().code())
        .containsExactly(ErrorCode.DAMAGED, ErrorCode.FORMAT_UNSUPPORTED);
    assertThat(listing.unreadable().get(0).problem())
        .hasMessageContaining("recovery-points/orders/01795253400123-0a1b2c3d.json");
  }

  /** F8: retention counts what is listed. */
  @Test
  @Tag("F8")
  void whatAListingRepeatsIsThereOnce() {
    CatalogEntry only = testing.commit("orders", "2026-11-19T00:00:00Z");
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public void list(String prefix, Consumer<ObjectInfo> consumer) {
            super.list(prefix, consumer);
            super.list(prefix, consumer);
          }
        };

    assertThat(testing.on("here", store).catalog().list().entries()).containsExactly(only);
  }

  /** G3: flaky is not corrupt. */
  @Test
  @Tag("G3")
  void aRecordThatIsDamagedInOneReadingOnlyIsNotDamaged() {
    CatalogEntry entry = testing.commit("orders", "2026-11-19T00:00:00Z");
    AtomicInteger reads = new AtomicInteger();
    CallbackStore store =
        new CallbackStore(testing.memory) {
          @Override
          public ObjectDownload read(String key) {
            if (key.startsWith("recovery-points/") && reads.incrementAndGet() == 1) {
              throw new DynavaultException(ErrorCode.DAMAGED, "its checksum differs");
            }
            return super.read(key);
          }
        };

    assertThat(testing.on("here", store).catalog().list().entries()).containsExactly(entry);
    assertThat(testing.on("here", store).catalog().list().unreadable()).isEmpty();
  }

  @Test
  void otherObjectsAmongTheRecordsAreNobodysBusiness() {
    put("recovery-points/orders/notes.txt", "hello");
    put("recovery-points/README.md", "hello");
    put("recovery-points/orders/deeper/01795253400123-0a1b2c3d.json", "hello");

    assertThat(catalog.list().entries()).isEmpty();
    assertThat(catalog.list().unreadable()).isEmpty();
  }

  @Test
  @Tag("F6")
  void latestIsTheNewestOfTheTable() {
    CatalogEntry newest = testing.commit("orders", "2026-11-21T00:00:00Z");
    testing.commit("orders", "2026-11-19T00:00:00Z");
    testing.commit("users", "2026-11-22T00:00:00Z");

    assertThat(catalog.find("orders", Selector.parse("latest"))).isEqualTo(newest);
  }

  @Test
  void latestDoesNotCrossTables() {
    testing.commit("orders", "2026-11-21T00:00:00Z");
    testing.commit("users", "2026-11-22T00:00:00Z");

    DynavaultException failure =
        failure(ErrorCode.RECOVERY_POINT_AMBIGUOUS, () -> catalog.find(new Selector.Latest()));
    assertThat(failure)
        .hasMessage(
            "unable to select recovery point 'latest': the vault holds several tables: orders,"
                + " users");
    assertThat(failure.hint()).isEqualTo("name the table with --table");
  }

  @Test
  void latestNeedsNoTableWhereThereIsOne() {
    CatalogEntry only = testing.commit("orders", "2026-11-21T00:00:00Z");

    assertThat(catalog.find(new Selector.Latest())).isEqualTo(only);
  }

  @Test
  void anOlderPointDoesNotStandInForAnUnreadableLatest() {
    testing.commit("orders", "2026-11-19T00:00:00Z");
    put("recovery-points/orders/01795253400123-0a1b2c3d.json", "garbage");

    failure(ErrorCode.DAMAGED, () -> catalog.find("orders", new Selector.Latest()));
  }

  @Test
  void atIsTheNewestThatWasCompleteThen() {
    CatalogEntry first = testing.commit("orders", "2026-11-19T00:00:00Z");
    CatalogEntry second = testing.commit("orders", "2026-11-20T00:00:00Z");

    assertThat(at("2026-11-20T00:01:00Z")).isEqualTo(second);
    assertThat(at("2026-11-20T00:00:59.999Z")).isEqualTo(first);
    assertThat(at("2099-01-01T00:00:00Z")).isEqualTo(second);
    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> at("2026-11-19T00:00:59Z"));
  }

  @Test
  void aUniquePrefixOfAnIdIsEnough() {
    CatalogEntry users = testing.commit("users", "2026-11-20T00:00:00Z");
    CatalogEntry orders = testing.commit("orders", "2026-11-21T00:00:00Z");
    String common = "0179";
    assertThat(users.id().value()).startsWith(common);
    assertThat(orders.id().value()).startsWith(common);

    assertThat(catalog.find(Selector.parse(orders.id().value()))).isEqualTo(orders);
    assertThat(catalog.find(Selector.parse(orders.id().value().substring(0, 9)))).isEqualTo(orders);
    assertThat(catalog.find("users", Selector.parse(common))).isEqualTo(users);
    assertThat(
            failure(ErrorCode.RECOVERY_POINT_AMBIGUOUS, () -> catalog.find(Selector.parse(common))))
        .hasMessage(
            "unable to select recovery point '0179': it could be "
                + (orders.id() + " (orders), ")
                + (users.id() + " (users)"));
    failure(ErrorCode.RECOVERY_POINT_NOT_FOUND, () -> catalog.find(Selector.parse("0042")));
  }

  @Test
  void whatIsNoSelectorIsRefused() {
    failure(ErrorCode.USAGE, () -> Selector.parse("newest"));
    failure(ErrorCode.USAGE, () -> Selector.parse(""));
    failure(ErrorCode.USAGE, () -> Selector.parse("../orders"));
    failure(ErrorCode.USAGE, () -> Selector.parse("0179-"));
  }

  private CatalogEntry at(String time) {
    return catalog.find("orders", new Selector.At(Instant.parse(time)));
  }

  private void put(String key, String content) {
    testing.memory.put(key, content.getBytes(StandardCharsets.UTF_8));
  }

  /** An export of AWS's may be of a moment long before it was made. */
  @Test
  void whatCountsIsTheMomentOfTheStateNotOfTheExport() {
    CatalogEntry scan = testing.commit("orders", "2026-11-10T00:00:00Z");
    CatalogEntry past = testing.commit(exportOf("2026-11-20T00:00:00Z", "2026-11-05T00:00:00Z"));
    CatalogEntry recent = testing.commit(exportOf("2026-11-19T00:00:00Z", "2026-11-18T00:00:00Z"));

    assertThat(catalog.find("orders", new Selector.Latest())).isEqualTo(recent);
    assertThat(at("2026-11-18T00:00:00Z")).isEqualTo(recent);
    assertThat(at("2026-11-17T00:00:00Z")).isEqualTo(scan);
    assertThat(at("2026-11-09T00:00:00Z")).isEqualTo(past);
  }

  private static RecoveryPoint exportOf(String made, String moment) {
    RecoveryPoint export = TestingPoints.awsExport("orders", Instant.parse(made));
    Instant time = Instant.parse(moment);
    return new RecoveryPoint(
        export.id(),
        export.method(),
        export.table(),
        time,
        time,
        export.content(),
        export.consistency(),
        false,
        Optional.empty(),
        export.tags(),
        export.toolVersion());
  }
}
