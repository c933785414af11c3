// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.restore;

import static io.dynavault.core.error.Failures.failure;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.store.ObjectInfo;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.table.TableDescriber;
import io.dynavault.core.table.TableSnapshot;
import io.dynavault.core.vault.CallbackStore;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingVault;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.format.export.Compression;
import io.dynavault.format.export.OutputFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RestoreJournalTest {
  private static final String ITEM = "{\"pk\":{\"S\":\"a\"}}";

  private final TestingVault testing = new TestingVault();
  private final RecoveryPoint point = TestingExport.orders().file(ITEM).commit(testing);
  private final ExportContent content = ExportContent.open(testing.memory, point);
  private boolean broken = true;
  private boolean hasItems;
  private final TestingTarget target = new TestingTarget(this::answer);

  private String answer(String operation, String body) {
    if (broken) {
      throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to write: down");
    }
    return hasItems && operation.equals("Scan")
        ? "{\"Count\":1,\"Items\":[" + ITEM + "],\"ScannedCount\":1}"
        : TestingTarget.takeEverything(operation, body);
  }

  @Test
  void aRestoreThatWasCutShortIsResumedAndThenNoMore() throws Exception {
    RestoreRun run = cutShort(content);
    assertThat(run.canBeResumed()).isTrue();
    assertThat(testing.keys("restores/")).hasSize(1);
    broken = false;

    RestoreResult result = target.restore(content, unfinished(), TestingTarget.everything());

    assertThat(result.written()).isEqualTo(1);
    assertThat(result.complete()).isTrue();
    assertThat(testing.keys("restores/")).isEmpty();
    assertRefused(content, "the vault knows of no restore of recovery point '" + point.id() + "'");
  }

  @Test
  void aTableWhoseRestoreHasEndedIsNotResumedInto() throws Exception {
    broken = false;
    target.restore(content, TestingTarget.newTable(point, "copy"), TestingTarget.everything());

    assertRefused(content, "the vault knows of no restore of recovery point '" + point.id() + "'");
  }

  /** The table was deleted, and somebody made another one of the same name. */
  @Test
  void anotherTableOfTheSameNameIsNotResumedInto() throws Exception {
    cutShort(content);
    RestoreTarget.UnfinishedTable left = unfinished();
    TableDefinition f = left.found().definition();
    TableDefinition other =
        new TableDefinition(
            f.tableName(),
            f.tableArn(),
            "another-id",
            f.keySchema(),
            f.attributeDefinitions(),
            f.localSecondaryIndexes(),
            f.globalSecondaryIndexes(),
            f.billingMode(),
            f.throughput(),
            f.onDemandThroughput(),
            f.settings());

    failure(
        ErrorCode.TABLE_EXISTS,
        () -> plan(content, new RestoreTarget.UnfinishedTable(left.table(), snapshot(other))));
  }

  /** What a process leaves that dies between CreateTable and its note of the table's id. */
  private void dieAfterCreateTable() {
    ObjectStore dying =
        new CallbackStore(testing.memory) {
          private int journals;

          @Override
          public Optional<ObjectInfo> putIfAbsent(String key, byte[] bytes) {
            if (++journals > 1) {
              throw new DynavaultException(ErrorCode.SERVICE_UNAVAILABLE, "unable to write: dead");
            }
            return super.putIfAbsent(key, bytes);
          }
        };
    RestoreRun run = cutShort(ExportContent.open(dying, point));
    assertThat(run.canBeResumed()).isTrue();
    assertThat(target.dynamoDb.calls).contains("CreateTable");
    assertThat(testing.keys("restores/")).hasSize(1);
    broken = false;
  }

  @Test
  void aTableThatWasCreatedAndNotNotedIsGoneOnWith() throws Exception {
    dieAfterCreateTable();

    RestoreResult result = target.restore(content, unfinished(), TestingTarget.everything());

    assertThat(result.written()).isEqualTo(1);
    assertThat(testing.keys("restores/")).isEmpty();
    assertRefused(content, "the vault knows of no restore");
  }

  @Test
  void aTableThatWasOnlyIntendedIsLeftAloneOnceItHasItems() throws Exception {
    dieAfterCreateTable();
    hasItems = true;

    failure(
        ErrorCode.TABLE_NOT_EMPTY,
        () -> target.restore(content, unfinished(), TestingTarget.everything()));

    assertThat(target.writes()).isEmpty();
  }

  @Test
  void aTableThatWasCreatedAtAnotherTimeIsNotTheOneThatWasIntended() throws Exception {
    dieAfterCreateTable();
    TableSnapshot ours = found();
    Instant at = ours.created().orElseThrow();
    for (Instant other : List.of(at.plus(ofMinutes(20)), at.minus(ofMinutes(20)))) {
      TableSnapshot table =
          new TableSnapshot(ours.definition(), "ACTIVE", 0, 0, 0, 0, Optional.of(other));

      DynavaultException refused =
          failure(
              ErrorCode.TABLE_EXISTS,
              () -> plan(content, new RestoreTarget.UnfinishedTable(unfinished().table(), table)));

      assertThat(refused).hasMessageContaining("the vault knows of no restore");
    }
  }

  @Test
  void aTableThatCouldNotBeCreatedIsNotIntendedAnyMore() {
    target.dynamoDb.failAlways("CreateTable", "AccessDeniedException");
    RestoreRequest request = request(content, TestingTarget.everything());
    RestoreRun run = target.run(request);

    assertThatThrownBy(() -> run.run(planner().plan(request)))
        .isInstanceOf(DynavaultException.class);

    assertThat(run.canBeResumed()).isFalse();
    assertThat(testing.keys("restores/")).isEmpty();
  }

  @Test
  void anotherChoiceOfItemsIsNotGoneOnWith() throws Exception {
    String choice = new ItemsFingerprint().add("mask", "drop:email").end();
    cutShort(content, TestingTarget.everything(choice));
    broken = false;

    for (String other : List.of("", new ItemsFingerprint().add("mask", "drop:phone").end())) {
      RestoreRequest request =
          new RestoreRequest(content, unfinished(), TestingTarget.everything(other));
      DynavaultException refused = failure(ErrorCode.USAGE, () -> planner().plan(request));
      assertThat(refused)
          .hasMessage(
              "unable to resume the restore to table 'copy': it was begun with another choice or"
                  + " masking of items, or to another moment");
      assertThat(refused.hint()).contains("--mask");
    }
    assertThat(target.restore(content, unfinished(), TestingTarget.everything(choice)).complete())
        .isTrue();
  }

  @Test
  void namesTheRecoveryPointWhoseRestoreIsUnfinished() throws Exception {
    cutShort(content);
    RecoveryPoint later =
        new TestingExport(
                "orders", "2026-11-22T09:30:00.123Z", OutputFormat.DYNAMODB_JSON, Compression.GZIP)
            .file(ITEM)
            .commit(testing);
    ExportContent other = ExportContent.open(testing.memory, later);

    DynavaultException failure = failure(ErrorCode.TABLE_EXISTS, () -> plan(other, unfinished()));

    assertThat(failure)
        .hasMessage(
            "unable to resume the restore to table 'copy': it was begun with recovery point '"
                + point.id()
                + "'");
    assertThat(failure.hint()).isEqualTo("resume it with --id " + point.id());
  }

  @Test
  void anExportOutsideOfAVaultCannotBeResumed() throws Exception {
    ExportContent bare = ExportContent.open(testing.memory, point.export().exportPrefix());
    RestoreRun run = cutShort(bare);

    assertThat(run.hasBegun()).isTrue();
    assertThat(run.canBeResumed()).isFalse();
    assertRefused(bare, "there is no journal of restores of an export outside of a vault");
  }

  @Test
  void whereNothingCanBeDeletedTheRestoreEndsAllTheSame() throws Exception {
    broken = false;
    ObjectStore keeping =
        new CallbackStore(testing.memory) {
          @Override
          public void delete(String key) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "unable to delete: denied");
          }
        };
    ExportContent kept = ExportContent.open(keeping, point);

    RestoreResult result =
        target.restore(kept, TestingTarget.newTable(point, "copy"), TestingTarget.everything());

    assertThat(result.complete()).isTrue();
    assertThat(result.notes())
        .containsExactly(
            "the journal of the restore to table 'copy' could not be removed, gc will: unable to"
                + " delete: denied");
    assertThat(testing.keys("restores/")).hasSize(2);
    assertRefused(kept, "the vault knows of no restore");
  }

  @Test
  void aVaultThatCannotBeWrittenIsRestoredWithoutAJournal() throws Exception {
    ObjectStore readOnly =
        new CallbackStore(testing.memory) {
          @Override
          public Optional<ObjectInfo> putIfAbsent(String key, byte[] bytes) {
            throw new DynavaultException(ErrorCode.ACCESS_DENIED, "unable to write: denied");
          }
        };

    RestoreRun run = cutShort(ExportContent.open(readOnly, point));

    assertThat(run.hasBegun()).isTrue();
    assertThat(run.canBeResumed()).isFalse();
    assertThat(testing.keys("restores/")).isEmpty();
  }

  private RestoreRun cutShort(ExportContent from) {
    return cutShort(from, TestingTarget.everything());
  }

  private RestoreRun cutShort(ExportContent from, RestoreOptions options) {
    RestoreRequest request = request(from, options);
    RestoreRun run = target.run(request);
    failure(ErrorCode.SERVICE_UNAVAILABLE, () -> run.run(planner().plan(request)));
    return run;
  }

  private RestoreRequest request(ExportContent from, RestoreOptions options) {
    return new RestoreRequest(from, TestingTarget.newTable(point, "copy"), options);
  }

  private RestorePlanner planner() {
    return new RestorePlanner(target.transport.endpoint());
  }

  private void assertRefused(ExportContent from, String reason) {
    DynavaultException failure = failure(ErrorCode.TABLE_EXISTS, () -> plan(from, unfinished()));
    assertThat(failure)
        .hasMessageStartingWith("unable to resume the restore to table 'copy': " + reason);
    assertThat(failure.hint()).startsWith("say with --on-conflict what to do with its items");
  }

  private RestoreTarget.UnfinishedTable unfinished() {
    TableDefinition wanted = TestingTarget.newTable(point, "copy").table();
    return new RestoreTarget.UnfinishedTable(wanted, found());
  }

  private TableSnapshot found() {
    return new TableDescriber(target.dynamoDb.clients()).describe("copy");
  }

  /** Created just now. */
  private static TableSnapshot snapshot(TableDefinition table) {
    return new TableSnapshot(table, "ACTIVE", 0, 0, 0, 0, Optional.of(Instant.now()));
  }

  private void plan(ExportContent from, RestoreTarget into) {
    planner().plan(new RestoreRequest(from, into, TestingTarget.everything()));
  }
}
