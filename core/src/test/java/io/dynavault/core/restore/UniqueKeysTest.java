// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.restore.TestingTarget.PK;
import static io.dynavault.core.restore.TestingTarget.SK;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UniqueKeysTest {
  private final MemoryStore store = MemoryStore.isolated(InstantSource.system());
  private final TestingTarget target = new TestingTarget();

  /** Two files: the items of a partition key lie in both. */
  private final TestingExport export =
      TestingExport.orders()
          .file(item("a", "1"), item("b", "1"), item("a", "2"))
          .file(item("a", "3.0"), item("c", "1"));

  private final RecoveryPoint point = export.store(store);
  private final ExportContent bare = ExportContent.open(store, point.export().exportPrefix());

  @Test
  void aForgottenSortKeyIsRefusedBeforeTheTableIsCreated() {
    DynavaultException failure =
        failure(ErrorCode.KEY_SCHEMA_MISMATCH, () -> restore(newTable(KeySchema.of(PK))));

    assertThat(failure)
        .hasMessage(
            "unable to restore to table 'copy': 3 items of '"
                + point.export().exportPrefix()
                + "' share their key with another one and would replace each other, such as those"
                + " of {\"pk\":{\"S\":\"a\"}}");
    assertThat(failure.hint()).startsWith("name the sort key, too, such as --key-schema pk:S,sk:N");
    assertNothingDone();
  }

  @Test
  void neitherIsAnExistingTableWrittenTo() {
    for (ConflictPolicy policy : ConflictPolicy.values()) {
      RestoreTarget existing =
          new RestoreTarget.ExistingTable(TestingTarget.table("copy", KeySchema.of(PK)), policy);
      failure(ErrorCode.KEY_SCHEMA_MISMATCH, () -> restore(existing));
    }
    assertNothingDone();
  }

  @Test
  void theRightKeyRestoresAllItems() throws Exception {
    RestoreResult result = restore(newTable(KeySchema.of(PK, SK)));

    assertThat(result.written()).isEqualTo(5);
    assertThat(target.dynamoDb.calls).contains("CreateTable");
  }

  @Test
  void aNumberInAnotherNotationIsTheSameKey() {
    ExportContent more =
        ExportContent.open(
            store,
            TestingExport.orders()
                .file(item("a", "3"), item("b", "1"), item("a", "3.0"))
                .store(store)
                .export()
                .exportPrefix());

    DynavaultException failure =
        failure(
            ErrorCode.KEY_SCHEMA_MISMATCH,
            () -> target.restore(more, newTable(KeySchema.of(PK, SK)), TestingTarget.everything()));

    assertThat(failure)
        .hasMessageContaining("2 items of '")
        .hasMessageEndingWith("such as those of {\"pk\":{\"S\":\"a\"},\"sk\":{\"N\":\"3\"}}");
    assertThat(failure.hint()).startsWith("correct --key-schema");
  }

  @Test
  void aLaterItemWithoutTheKeyIsRefused() {
    RecoveryPoint odd =
        TestingExport.orders().file(item("a", "1"), "{\"pk\":{\"S\":\"b\"}}").store(store);
    ExportContent content = ExportContent.open(store, odd.export().exportPrefix());

    DynavaultException failure =
        failure(
            ErrorCode.KEY_SCHEMA_MISMATCH,
            () ->
                target.restore(
                    content, newTable(KeySchema.of(PK, SK)), TestingTarget.everything()));

    assertThat(failure)
        .hasMessageContaining("its key does not fit the items")
        .hasMessageContaining("sk");
    assertNothingDone();
  }

  @Test
  void onlyItemsThatAreRestoredCount() throws Exception {
    KeySchema partition = KeySchema.of(PK);
    RestoreOptions others =
        new RestoreOptions(
            2,
            Optional.empty(),
            Optional.empty(),
            ItemSelection.everything().withKeys(KeyFilter.parse(List.of("pk=b"), partition)),
            Optional.empty(),
            "of this test");

    RestoreResult result = target.restore(bare, newTable(partition), others);

    assertThat(result.written()).isEqualTo(1);
    assertThat(result.filtered()).isEqualTo(4);
  }

  @Test
  void aTransformationThatMakesKeysEqualIsRefused() {
    UnaryOperator<Item> same = item -> new Item(Map.of("pk", new Value.S("x")));
    RecoveryPoint recorded =
        TestingExport.orders().file(item("a", "1"), item("b", "1")).store(store);
    ExportContent content = ExportContent.open(store, recorded);

    DynavaultException failure =
        failure(
            ErrorCode.KEY_SCHEMA_MISMATCH,
            () ->
                target.restore(
                    content,
                    TestingTarget.newTable(recorded, "copy"),
                    TestingTarget.options(Optional.of(same))));

    assertThat(failure).hasMessageContaining("2 items of '");
    assertThat(failure.hint()).startsWith("leave the key attributes as they are");
    assertNothingDone();
  }

  private RestoreResult restore(RestoreTarget into) throws InterruptedException {
    return target.restore(bare, into, TestingTarget.everything());
  }

  private void assertNothingDone() {
    assertThat(target.dynamoDb.calls).doesNotContain("CreateTable");
    assertThat(target.writes()).isEmpty();
  }

  private static RestoreTarget newTable(KeySchema keys) {
    return new RestoreTarget.NewTable(TestingTarget.table("copy", keys));
  }

  private static String item(String pk, String sk) {
    return "{\"pk\":{\"S\":\"" + pk + "\"},\"sk\":{\"N\":\"" + sk + "\"}}";
  }
}
