// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.backtrack;

import static io.dynavault.testing.table.LiveTableAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ExpiryRule;
import io.dynavault.core.expression.ExpressionNames;
import io.dynavault.core.expression.ExpressionValues;
import io.dynavault.core.expression.FilterExpression;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.job.Progress;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.time.Sleeper;
import io.dynavault.core.time.Ticker;
import io.dynavault.core.time.Timing;
import io.dynavault.core.transport.DynamoDbTransport;
import io.dynavault.format.item.KeyReader;
import io.dynavault.testing.TestingServers;
import io.dynavault.testing.continuous.RecordedTable;
import io.dynavault.testing.crash.SmallTable;
import io.dynavault.testing.engine.TestingEngine;
import io.dynavault.testing.table.CanonicalItem;
import io.dynavault.testing.table.LiveTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rolls tables of DynamoDB Local back, and compares them with a model that knows every state. */
class BacktrackIT {
  private static final Instant START = Instant.parse("2026-11-21T09:30:00Z");
  private static final int KEYS = 24;

  @TempDir Path folder;

  private final TestingEngine engine = TestingEngine.inMemory();
  private final LiveTable live =
      LiveTable.create(
          TestingServers.dynamoDb().endpoint(),
          new SmallTable(TestingServers.newTableName("backtrack"), 0));
  private final TableDefinition definition = engine.describe(live.name()).definition();
  private final RecordedTable table =
      new RecordedTable(live, definition, engine.vault().store(), START);
  private final List<ItemAction> actions = new ArrayList<>();
  private long end;
  private int undoFiles;

  @AfterEach
  void close() {
    live.drop();
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aTableBecomesWhatItWasAndBackAgain(long seed) throws Exception {
    Random random = new Random(seed);
    NavigableMap<Long, SortedMap<String, String>> states = workload(random, 200);
    SortedMap<String, String> now = live.contents();
    assertThat(now).isEqualTo(table.contents());
    long second = 1L + random.nextInt((int) end);
    boolean someKeys = random.nextBoolean();
    ItemSelection selection =
        someKeys
            ? ItemSelection.everything()
                .withKeys(
                    KeyFilter.parse(List.of("id=k1", "id begins_with k2"), definition.keySchema()))
            : ItemSelection.everything();
    BacktrackRequest request = request(second, selection);
    BacktrackResult plan = plan(request);
    assertThat(live).hasContents(now);
    Path undo = newUndoFile();
    BacktrackResult result = run(engine.transport(), request, undo);
    SortedMap<String, String> expected = new TreeMap<>();
    Stream.concat(now.keySet().stream(), states.floorEntry(second).getValue().keySet().stream())
        .distinct()
        .forEach(
            key -> {
              boolean chosen = !someKeys || key.matches(".*\"(k1|k2[0-9]*)\".*");
              String item = (chosen ? states.floorEntry(second).getValue() : now).get(key);
              if (item != null) {
                expected.put(key, item);
              }
            });
    assertThat(live).as("seed %s, second %s", seed, second).hasContents(expected);
    assertThat(result.complete()).isTrue();
    assertThat(counts(result)).isEqualTo(counts(plan));
    assertThat(plan(request).actions()).isZero();
    if (result.actions() > 0) {
      undo(undo);
    }
    assertThat(live).hasContents(now);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatSomebodyElseWritesMeanwhileStaysAndIsTold(long seed) throws Exception {
    Random random = new Random(seed);
    NavigableMap<Long, SortedMap<String, String>> states = workload(random, 200);
    long second = end / 2;
    SortedMap<String, String> now = live.contents();
    Meddler meddler = new Meddler(engine.transport(), live, random);
    Path undo = newUndoFile();
    BacktrackResult result = run(meddler, request(second, ItemSelection.everything()), undo);
    SortedMap<String, String> expected = new TreeMap<>(states.floorEntry(second).getValue());
    meddler.applyTo(expected);
    assertThat(live).as("seed %s", seed).hasContents(expected);
    assertThat(meddler.written()).isNotEmpty();
    assertThat(result.changed()).isEqualTo(meddler.written().size());
    assertThat(result.complete()).isFalse();
    KeyReader keys = new KeyReader(definition.keySchema());
    assertThat(
            actions.stream()
                .filter(action -> action.kind() == ItemAction.Kind.CHANGED)
                .map(action -> CanonicalItem.of(keys.display(action.key()))))
        .containsExactlyInAnyOrderElementsOf(meddler.written().keySet());

    assertThat(undo(undo).complete()).isTrue();
    SortedMap<String, String> undone = new TreeMap<>(now);
    meddler.applyTo(undone);
    assertThat(live).hasContents(undone);
  }

  @Test
  void aRunThatIsKilledAnywhereIsCompletedByTheNextAndItsUndoFilesBringAllBack() throws Exception {
    NavigableMap<Long, SortedMap<String, String>> states = workload(new Random(9), 120);
    long second = end / 3;
    SortedMap<String, String> now = live.contents();
    BacktrackRequest request = request(second, ItemSelection.everything());
    List<Path> undoFiles = new ArrayList<>();
    for (int calls = 1; ; calls += 3) {
      int most = calls;
      Path undo = newUndoFile();
      try (KilledTransport killed = new KilledTransport(engine.transport(), most)) {
        run(killed, request, undo);
        break;
      } catch (DynavaultException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        undoFiles.add(undo);
      }
    }
    assertThat(live).hasContents(states.floorEntry(second).getValue());
    assertThat(undoFiles).hasSizeGreaterThan(3);
    for (int i = undoFiles.size() - 1; i >= 0; i--) {
      if (undoFiles.get(i).toFile().exists()) {
        assertThat(undo(undoFiles.get(i)).complete()).isTrue();
      }
    }
    Path last = folder.resolve("undo-" + (undoFiles.size() + 1) + ".jsonl.gz");
    if (last.toFile().exists()) {
      undo(last);
    }
    assertThat(live).hasContents(now);
  }

  @Test
  void whatTheCaptureHasNotSeenIsLeftAlone() throws Exception {
    table.put(at(1), item("a", 1));
    table.put(at(2), item("b", 1));
    table.put(at(11), item("a", 2));
    table.put(at(12), item("b", 2));
    commit(20);
    live.put(item("a", 3)); // not in any commit
    BacktrackResult result = run(request(5, ItemSelection.everything()));
    assertThat(result.changed()).isEqualTo(1);
    assertThat(result.replaced()).isEqualTo(1);
    assertThat(live).hasContents(items(item("a", 3), item("b", 1)));
    assertThat(actions)
        .filteredOn(action -> action.kind() == ItemAction.Kind.CHANGED)
        .extracting(ItemAction::reason)
        .containsExactly("it is not what it was last known to be");
  }

  @Test
  void onlyKeysThatChangedInTheSpanAreRolledBackAndNotThoseThatChangedLater() throws Exception {
    for (String key : List.of("before", "in", "after", "repaired")) {
      table.put(at(1), item(key, 1));
    }
    table.put(at(10), item("before", 2));
    table.put(at(20), item("in", 2));
    table.put(at(21), item("repaired", 2));
    table.put(at(30), item("after", 2));
    table.put(at(31), item("repaired", 3));
    commit(40);
    BacktrackRequest span =
        new BacktrackRequest(
            at(5),
            Optional.of(at(20)),
            Optional.of(at(30)),
            Optional.of(at(30)),
            ItemSelection.everything());
    BacktrackResult result = run(span);
    assertThat(live)
        .hasContents(
            items(item("before", 2), item("in", 1), item("after", 2), item("repaired", 3)));
    assertThat(result.keys()).isEqualTo(2);
    assertThat(result.changed()).isEqualTo(1);
    assertThat(actions)
        .filteredOn(action -> action.kind() == ItemAction.Kind.CHANGED)
        .extracting(ItemAction::reason)
        .containsExactly("it has changed at 2026-11-21T09:30:31Z");
  }

  @Test
  void aFilterTakesItemsThatMatchAsTheyAreOrAsTheyWere() throws Exception {
    table.put(at(1), item("is", 1));
    table.put(at(1), item("was", 7));
    table.put(at(1), item("never", 1));
    table.put(at(11), item("is", 7));
    table.put(at(11), item("was", 2));
    table.put(at(11), item("never", 2));
    commit(20);
    FilterExpression filter =
        FilterExpression.parse(
            "version = :v",
            ExpressionNames.none(),
            ExpressionValues.parse("{\":v\":{\"N\":\"7\"}}"));
    BacktrackResult result = run(request(5, ItemSelection.everything().withFilter(filter)));
    assertThat(live).hasContents(items(item("is", 1), item("was", 7), item("never", 2)));
    assertThat(result.filtered()).isEqualTo(1);
  }

  @Test
  void itemsThatHadExpiredComeBackUnlessTheyAreLeftOut() throws Exception {
    table.put(
        at(1), "{\"id\":{\"S\":\"a\"},\"end\":{\"N\":\"%d\"}}".formatted(at(8).getEpochSecond()));
    table.put(at(1), item("b", 1));
    table.expire(at(10), "{\"id\":{\"S\":\"a\"}}");
    table.delete(at(11), "{\"id\":{\"S\":\"b\"}}");
    commit(20);
    ItemSelection unexpired =
        ItemSelection.everything().withoutExpired(new ExpiryRule("end", at(20)));
    assertThat(plan(request(5, unexpired)).put()).isEqualTo(1);
    BacktrackResult result = run(request(5, ItemSelection.everything()));
    assertThat(result.put()).isEqualTo(2);
    assertThat(result.expired()).isEqualTo(1);
    assertThat(live.contents()).hasSize(2);
  }

  @Test
  void aDamagedChangeFileStopsBeforeTheFirstWrite() {
    table.put(at(1), item("a", 1));
    table.put(at(11), item("a", 2));
    commit(20);
    String key = table.log().commits(1, 1).get(0).files().get(1).key();
    engine.vault().store().put(key, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> run(request(5, ItemSelection.everything())))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    assertThat(live).hasContents(items(item("a", 2)));
  }

  /** Random writes; the model has the state at every second. */
  private NavigableMap<Long, SortedMap<String, String>> workload(Random random, int writes) {
    TreeMap<Long, SortedMap<String, String>> states = new TreeMap<>();
    long second = 1;
    for (int i = 0; i < writes; i++) {
      states.put(second, table.contents());
      for (int inSecond = random.nextInt(3); inSecond >= 0; inSecond--) {
        String key = "k" + random.nextInt(KEYS);
        if (random.nextInt(4) == 0) {
          table.delete(at(second), "{\"id\":{\"S\":\"" + key + "\"}}");
        } else {
          table.put(at(second), RandomItem.of(key, random));
        }
      }
      if (random.nextInt(8) == 0) {
        commit(second);
      }
      states.put(second + 1, table.contents());
      second += 1 + random.nextInt(3);
    }
    commit(second);
    return states;
  }

  /** It is this second now, and what is written in it is known. */
  private void commit(long second) {
    end = second;
    table.commit(at(second + 1));
  }

  private BacktrackRequest request(long second, ItemSelection selection) {
    return new BacktrackRequest(
        at(second), Optional.empty(), Optional.empty(), Optional.empty(), selection);
  }

  private BacktrackResult plan(BacktrackRequest request) throws InterruptedException {
    try (ChangedItems items = changes(request)) {
      return new BacktrackRun(items, liveTable(engine.transport()), request.selection(), context())
          .plan(action -> {});
    }
  }

  private BacktrackResult run(BacktrackRequest request) throws InterruptedException {
    return run(engine.transport(), request, newUndoFile());
  }

  private BacktrackResult run(DynamoDbTransport transport, BacktrackRequest request, Path undoFile)
      throws InterruptedException {
    actions.clear();
    try (ChangedItems items = changes(request);
        UndoWriter undo = undoWriter(undoFile)) {
      return new BacktrackRun(items, liveTable(transport), request.selection(), context())
          .run(undo, actions::add);
    }
  }

  private BacktrackResult undo(Path file) throws InterruptedException {
    try (UndoFile items = UndoFile.open(file, new KeyReader(definition.keySchema()));
        UndoWriter undo = undoWriter(newUndoFile())) {
      return new BacktrackRun(
              items, liveTable(engine.transport()), ItemSelection.everything(), context())
          .run(undo, action -> {});
    }
  }

  private ChangedItems changes(BacktrackRequest request) throws InterruptedException {
    BacktrackPlan plan =
        new BacktrackPlanner(
                engine.vault().store(), context().timing().clock(), () -> {}, context())
            .plan(definition, request);
    return ChangeFiles.read(engine.vault().store(), plan, 3, context());
  }

  private UndoWriter undoWriter(Path file) {
    return UndoWriter.create(
        file,
        new UndoHeader(live.name(), definition.tableArn(), at(end), Optional.empty(), "0.1.0"),
        new KeyReader(definition.keySchema()));
  }

  private Path newUndoFile() {
    return folder.resolve("undo-" + ++undoFiles + ".jsonl.gz");
  }

  private BacktrackTable liveTable(DynamoDbTransport transport) {
    return new BacktrackTable(transport, definition, 3, Optional.empty(), Optional.empty());
  }

  /** The time is the end of the last commit. */
  private RunContext context() {
    return new RunContext(
        new Timing(() -> at(end), Sleeper.system(), new Random(1)),
        Ticker.system(),
        new Progress(live.name()),
        new StopSignal());
  }

  private static List<Long> counts(BacktrackResult result) {
    return List.of(
        result.keys(), result.unchanged(), result.put(), result.replaced(), result.deleted());
  }

  private static String item(String key, int version) {
    return "{\"id\":{\"S\":\"%s\"},\"version\":{\"N\":\"%d\"}}".formatted(key, version);
  }

  private static SortedMap<String, String> items(String... items) {
    SortedMap<String, String> contents = new TreeMap<>();
    for (String item : items) {
      String key = item.replaceFirst(",.*", "}");
      contents.put(CanonicalItem.of(key), CanonicalItem.of(item));
    }
    return contents;
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
