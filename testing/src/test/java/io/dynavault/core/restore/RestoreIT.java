// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.FilterExpression;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.StoredExport;
import io.dynavault.core.vault.StoredFile;
import io.dynavault.local.demo.GeneratedTable;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.LiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestoreIT {
  private static final URI ENDPOINT = TestingServers.dynamoDb().endpoint();
  private static final int ITEMS = 300;

  private final String name = TestingServers.newTableName("source");
  private final GeneratedTable generated = new GeneratedTable(name, ITEMS, 7);
  private final TestingEngine engine = TestingEngine.inMemory();
  private LiveTable table;
  private SortedMap<String, String> before;
  private RecoveryPoint point;

  @BeforeEach
  void backUp() throws Exception {
    table = LiveTable.createFilled(ENDPOINT, generated);
    before = table.contents();
    point = engine.backup(name).recoveryPoint();
  }

  @AfterEach
  void close() {
    table.drop();
    engine.close();
  }

  @Test
  void aNewTableHasItemsIndexesAndTimeToLiveOfTheOld() throws Exception {
    String target = TestingServers.newTableName("new");
    RestoreResult result = engine.restoreInto(point, target);
    LiveTable restored = LiveTable.of(ENDPOINT, target);
    assertThat(restored).hasContents(before);
    TableDefinition was = engine.describe(name).definition();
    TableDefinition is = engine.describe(target).definition();
    assertThat(is.globalSecondaryIndexes()).isEqualTo(was.globalSecondaryIndexes());
    assertThat(is.localSecondaryIndexes()).isEqualTo(was.localSecondaryIndexes());
    assertThat(is.settings().timeToLiveAttribute())
        .isEqualTo(Optional.of(GeneratedTable.EXPIRY_ATTRIBUTE));
    assertThat(result.complete()).isTrue();
    restored.drop();
  }

  @Test
  @Tag("G11")
  void aTableThatExistsIsNotTakenForANewOne() {
    assertThatThrownBy(() -> engine.restoreInto(point, name))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_EXISTS));
    assertThat(table).hasContents(before);
  }

  @Test
  @Tag("G11")
  void aTableWithItemsIsRefusedUnlessToldWhatToDo() {
    assertThatThrownBy(() -> engine.restoreOver(point, name, ConflictPolicy.REQUIRE_EMPTY))
        .hasMessage("unable to restore to table '" + name + "': it has items");
  }

  @Test
  void overwriteBringsBackDamagedAndDeletedItemsAndKeepsNewOnes() throws Exception {
    damage();
    RestoreResult result = engine.restoreOver(point, name, ConflictPolicy.OVERWRITE);
    SortedMap<String, String> expected = new TreeMap<>(before);
    expected.putAll(addedItem());
    assertThat(table).hasContents(expected);
    assertThat(result.written()).isEqualTo(ITEMS);
  }

  @Test
  void skipBringsBackOnlyDeletedItems() throws Exception {
    damage();
    SortedMap<String, String> damaged = table.contents();
    RestoreResult result = engine.restoreOver(point, name, ConflictPolicy.SKIP);
    SortedMap<String, String> expected = new TreeMap<>(before);
    expected.putAll(damaged);
    assertThat(table).hasContents(expected);
    assertThat(result.written()).isEqualTo(1);
    assertThat(result.skipped()).isEqualTo(ITEMS - 1);
  }

  @Test
  void failWritesNothingWhenAKeyIsThere() throws Exception {
    damage();
    SortedMap<String, String> damaged = table.contents();
    assertThatThrownBy(() -> engine.restoreOver(point, name, ConflictPolicy.FAIL))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ITEM_CONFLICT))
        .hasMessageContaining((ITEMS - 1) + " of the items' keys");
    assertThat(table).hasContents(damaged);
  }

  @Test
  void identicalWritesOnlyWhatDiffersAndDeletesWhatIsNew() throws Exception {
    damage();
    RestoreResult result = engine.restoreOver(point, name, ConflictPolicy.MAKE_IDENTICAL);
    assertThat(table).hasContents(before);
    assertThat(result.written()).isEqualTo(2);
    assertThat(result.deleted()).isEqualTo(1);
    assertThat(result.unchanged()).isEqualTo(ITEMS - 2);
  }

  @Test
  void clearLeavesNothingOfWhatWasThere() throws Exception {
    damage();
    RestoreResult result = engine.restoreOver(point, name, ConflictPolicy.CLEAR);
    assertThat(table).hasContents(before);
    assertThat(result.deleted()).isEqualTo(ITEMS);
    assertThat(result.written()).isEqualTo(ITEMS);
  }

  @Test
  @Tag("G2")
  void aDamagedRecoveryPointDeletesNothing() {
    StoredFile file =
        point.files().stream().filter(f -> f.itemCount() > 0).findFirst().orElseThrow();
    byte[] content = readAll(file.key());
    content[content.length / 2] ^= 1;
    engine.vault().store().put(file.key(), content);
    for (ConflictPolicy policy : List.of(ConflictPolicy.CLEAR, ConflictPolicy.MAKE_IDENTICAL)) {
      assertThatThrownBy(() -> engine.restoreOver(point, name, policy))
          .isInstanceOfSatisfying(
              DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
          .hasMessageContaining(file.key());
      assertThat(table).hasContents(before);
    }
  }

  @Test
  void aFileThatWasExchangedTogetherWithItsManifestIsFound() throws Exception {
    RecoveryPoint forged = exchanged(point);
    assertThatThrownBy(() -> engine.restoreOver(forged, name, ConflictPolicy.CLEAR))
        .hasMessageContaining("SHA-256");
    assertThat(table).hasContents(before);
  }

  /** A record that expects other bytes than the manifests and files, which agree, have. */
  private static RecoveryPoint exchanged(RecoveryPoint point) {
    List<StoredFile> files =
        point.files().stream()
            .map(f -> new StoredFile(f.key(), f.size(), "0".repeat(64), f.itemCount()))
            .toList();
    return new RecoveryPoint(
        point.id(),
        point.method(),
        point.table(),
        point.startTime(),
        point.endTime(),
        new StoredExport(
            point.export().exportPrefix(),
            point.export().outputFormat(),
            point.export().compression(),
            point.export().itemCount(),
            point.export().itemBytes(),
            files,
            Optional.empty()),
        point.consistency(),
        point.filtered(),
        point.deleteAfter(),
        point.tags(),
        point.toolVersion());
  }

  @Test
  void chosenItemsComeBackAlone() throws Exception {
    String key = firstCustomer();
    table.drop();
    table = LiveTable.create(ENDPOINT, generated);
    ItemSelection selection =
        ItemSelection.everything()
            .withKeys(KeyFilter.parse(List.of("customer=" + key), point.table().keySchema()));
    RestoreResult result = restore(selection);
    SortedMap<String, String> expected = new TreeMap<>(before);
    expected.keySet().removeIf(k -> !k.contains('"' + key + '"'));
    assertThat(table).hasContents(expected);
    assertThat(result.written()).isEqualTo(expected.size());
    assertThat(result.filtered()).isEqualTo(ITEMS - expected.size());
  }

  @Test
  void aFilterExpressionChoosesItems() throws Exception {
    table.drop();
    table = LiveTable.create(ENDPOINT, generated);
    RestoreResult result =
        restore(
            ItemSelection.everything()
                .withFilter(FilterExpression.parse("attribute_not_exists(customer)")));
    assertThat(result.written()).isZero();
    assertThat(result.filtered()).isEqualTo(ITEMS);
  }

  @Test
  void comparisonCountsEveryKindOfDifference() throws Exception {
    damage();
    assertThat(engine.compare(point, name)).isEqualTo(new CompareResult(ITEMS - 2, 1, 1, 1));
  }

  private RestoreResult restore(ItemSelection selection) throws Exception {
    return engine.restore(
        engine.open(point),
        new RestoreTarget.ExistingTable(
            engine.describe(name).definition(), ConflictPolicy.REQUIRE_EMPTY),
        new RestoreOptions(
            4, Optional.empty(), Optional.empty(), selection, Optional.empty(), "of this test"));
  }

  /** One item deleted, one changed, one added. */
  private void damage() {
    List<String> keys = List.copyOf(before.keySet());
    table.delete(keys.get(10));
    String changed = keys.get(20);
    table.put(changed.substring(0, changed.length() - 1) + ",\"damaged\":{\"BOOL\":true}}");
    table.put(addedItem().values().iterator().next());
  }

  /** An item like the first, under a key that no other has. */
  private Map<String, String> addedItem() {
    String key = before.firstKey().replaceFirst("\"S\":\"[^\"]*\"", "\"S\":\"zzz-added\"");
    return Map.of(key, key);
  }

  private String firstCustomer() {
    String json = before.firstKey();
    String from = json.substring(json.indexOf("\"customer\":{\"S\":\"") + 17);
    return from.substring(0, from.indexOf('"'));
  }

  private byte[] readAll(String key) {
    try (var in = engine.vault().store().read(key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
