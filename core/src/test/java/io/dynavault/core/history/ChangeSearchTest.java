// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static io.dynavault.core.history.TestingChanges.expire;
import static io.dynavault.core.history.TestingChanges.modify;
import static io.dynavault.core.history.TestingChanges.put;
import static io.dynavault.core.history.TestingChanges.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.continuous.ChangeCounts;
import io.dynavault.core.continuous.TestingLog;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.FilterExpression;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.history.ChangeQuery.Images;
import io.dynavault.core.history.TestingChanges.Line;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.lease.TestingTime;
import io.dynavault.core.store.ForwardingStore;
import io.dynavault.core.store.ObjectDownload;
import io.dynavault.core.store.ObjectStore;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.table.TableDefinition;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeSearchTest {
  private static final Instant START = TestingLog.START;
  private static final String CHAIN = "01795253400000-0a1b2c3d";
  private static final String NEXT_CHAIN = "01795260600000-0a1b2c3d";

  private final MemoryStore store = MemoryStore.isolated(new TestingTime());
  private final List<String> found = new ArrayList<>();

  @Test
  void handsOutChangesByTimeAndSequenceNumberWhateverFileTheyAreIn() throws InterruptedException {
    chain()
        .commit(
            at(10),
            at(5),
            List.of(put(at(1), 100, "a", "'v':{'N':'1'}"), put(at(4), 9, "c", "'v':{'N':'1'}")),
            List.of(
                put(at(2), 101, "b", "'v':{'N':'1'}"),
                modify(at(4), 10, "b", "'v':{'N':'1'}", "'v':{'N':'2'}")))
        .commit(at(20), at(15), List.of(remove(at(3), 103, "a", "'v':{'N':'1'}")));

    ChangeSearchResult result = search(everything());

    assertThat(found)
        .containsExactly("1 PUT a", "2 PUT b", "3 REMOVED a", "4 PUT c", "4 MODIFIED b");
    assertThat(result.counts()).isEqualTo(new ChangeCounts(3, 1, 1, 0));
    assertThat(result.unknown()).isEmpty();
    assertThat(result.completeTo()).contains(at(15));
  }

  @Test
  void tellsImagesEventAndNumber() throws InterruptedException {
    chain()
        .commit(
            at(10),
            at(5),
            List.of(
                modify(at(1), 7, "a", "'v':{'N':'1'}", "'v':{'N':'2'}"),
                expire(at(2), 8, "a", "'v':{'N':'2'}")));
    List<RecordedChange> changes = new ArrayList<>();

    in(store).run(everything(), changes::add);

    RecordedChange first = changes.get(0);
    assertThat(first.time()).isEqualTo(at(1));
    assertThat(first.sequenceNumber()).isEqualTo("7");
    assertThat(first.event()).isEqualTo(ChangeEvent.MODIFIED);
    assertThat(first.keys().attributes()).containsExactly(entry("pk", new Value.S("a")));
    assertThat(first.oldImage().orElseThrow().attribute("v")).contains(new Value.N("1"));
    assertThat(first.newImage().orElseThrow().attribute("v")).contains(new Value.N("2"));
    assertThat(changes.get(1).event()).isEqualTo(ChangeEvent.EXPIRED);
    assertThat(changes.get(1).newImage()).isEmpty();
    assertThat(in(store).count(everything()).counts()).isEqualTo(new ChangeCounts(0, 1, 1, 1));
  }

  @Test
  void takesTheBeginningOfASpanAndNotItsEnd() throws InterruptedException {
    chain().commit(at(10), at(9), puts(at(1), at(2), at(3), at(4)));

    search(span(at(2), at(4)));

    assertThat(found).containsExactly("2 PUT a", "3 PUT a");
  }

  @Test
  void choosesByKeyAndByWhatTheItemWasBeforeOrAfterwards() throws InterruptedException {
    chain()
        .commit(
            at(10),
            at(9),
            List.of(
                put(at(1), 1, "a", "'open':{'BOOL':true}"),
                modify(at(2), 2, "a", "'open':{'BOOL':true}", "'v':{'N':'1'}"),
                modify(at(3), 3, "a", "'v':{'N':'1'}", "'v':{'N':'2'}"),
                put(at(4), 4, "b", "'open':{'BOOL':true}")));

    search(query(ItemSelection.everything().withKeys(keyFilter("pk=b"))));
    assertThat(found).containsExactly("4 PUT b");
    found.clear();
    search(
        query(
            ItemSelection.everything()
                .withKeys(keyFilter("pk=a"))
                .withFilter(FilterExpression.parse("attribute_exists(open)"))));
    assertThat(found).containsExactly("1 PUT a", "2 MODIFIED a");
  }

  @Test
  void handsOutEachKeyOnce() throws InterruptedException {
    chain()
        .commit(
            at(10),
            at(9),
            List.of(
                put(at(1), 1, "b", "'v':{'N':'1'}"),
                put(at(2), 2, "a", "'v':{'N':'1'}"),
                remove(at(3), 3, "b", "'v':{'N':'1'}")));
    List<Value> keys = new ArrayList<>();

    in(store).keys(everything(), key -> keys.add(key.partition()));

    assertThat(keys).containsExactly(new Value.S("a"), new Value.S("b"));
  }

  @Test
  void endsWhereNoMoreIsWanted() throws InterruptedException {
    chain().commit(at(10), at(9), puts(at(1), at(2), at(3)));
    List<RecordedChange> changes = new ArrayList<>();

    ChangeSearchResult result =
        in(store)
            .run(
                everything(),
                change -> {
                  changes.add(change);
                  return false;
                });

    assertThat(changes).hasSize(1);
    assertThat(result.counts().total()).isEqualTo(3);
  }

  @Test
  void takesAMomentFromTheNewestChainThatHadBegun() throws InterruptedException {
    TestingChanges first = chain();
    first.commit(at(10), at(9), puts(at(1), at(8)));
    first.end(at(9));
    new TestingChanges(store, NEXT_CHAIN, at(7200))
        .commit(at(7210), at(7205), puts(at(8), at(7201)));

    ChangeSearchResult result = search(everything());

    assertThat(found).containsExactly("1 PUT a", "8 PUT a", "7201 PUT a");
    assertThat(result.unknown()).containsExactly(new TimeSpan(at(9), at(7200)));
    assertThat(result.completeTo()).contains(at(7205));
  }

  @Test
  void saysThatNothingIsKnownOfASpanWithoutEndThatBeginsAfterAllChanges()
      throws InterruptedException {
    chain().commit(at(100), at(90), puts(at(1)));

    TimeSpan unknown = search(from(at(95))).unknown().get(0);

    assertThat(unknown.from()).isEqualTo(at(95));
    assertThat(unknown.to()).isAfter(at(95));
    assertThat(search(from(at(90))).unknown()).hasSize(1);
    assertThat(search(from(at(89))).unknown()).isEmpty();
  }

  /** The end of the chain promises more. */
  @Test
  void saysThatTheLastCommitsAreGone() throws InterruptedException {
    TestingChanges chain = chain();
    chain.commit(at(100), at(90), puts(at(1))).commit(at(200), at(190), puts(at(150)));
    chain.end(at(190));
    store.delete(chain.log().chain().keys().commit(2));

    ChangeSearchResult result = search(span(at(0), at(190)));

    assertThat(found).containsExactly("1 PUT a");
    assertThat(result.unknown()).containsExactly(new TimeSpan(at(90), at(190)));
    assertThat(result.completeTo()).contains(at(90));
  }

  @Test
  void saysWhichPartOfTheSpanIsNotKnown() throws InterruptedException {
    TestingChanges first = chain();
    first.commit(at(100), at(90), puts(at(1)));
    first.end(at(90));
    new TestingChanges(store, NEXT_CHAIN, at(7200)).commit(at(7300), at(7290), puts(at(7201)));

    assertThat(search(span(at(-60), at(50))).unknown())
        .containsExactly(new TimeSpan(at(-60), at(0)));
    assertThat(search(span(at(10), at(80))).unknown()).isEmpty();
    assertThat(search(span(at(80), at(8000))).unknown())
        .containsExactly(new TimeSpan(at(90), at(7200)), new TimeSpan(at(7290), at(8000)));
    assertThat(search(span(at(1000), at(2000))).unknown())
        .containsExactly(new TimeSpan(at(1000), at(2000)));
    assertThat(search(span(at(7200), at(7290))).unknown()).isEmpty();
  }

  @Test
  void findsChangesOfAShardThatWasReadAheadOfOthers() throws InterruptedException {
    TestingChanges chain = chain();
    chain.commit(at(3600), at(0), puts(at(3590)));
    for (int i = 1; i <= 1200; i++) {
      chain.commit(at(3600 + 10L * i), at(10L * i));
    }

    search(span(at(3580), at(3600)));

    assertThat(found).containsExactly("3590 PUT a");
  }

  @Test
  void findsChangesThatComeLaterThanPromised() throws InterruptedException {
    chain()
        .commit(at(10), at(9), puts(at(1)))
        .commit(at(20), at(19), puts(at(15)))
        .commit(at(30), at(29), puts(at(2)));

    search(span(at(0), at(9)));

    assertThat(found).containsExactly("1 PUT a", "2 PUT a");
  }

  /** Hours after them, and with a clock that has jumped a year ahead meanwhile. */
  @Test
  void findsChangesThatComeVeryLateWhateverTheClockSays() throws InterruptedException {
    Instant ahead = at(20).plus(Duration.ofDays(366));
    chain()
        .commit(at(10), at(9), puts(at(1)))
        .commit(ahead, at(19), puts(at(15)))
        .commit(ahead, at(20 * 3600), puts(at(3)))
        .commit(ahead, at(24 * 3600), puts(at(2)));

    search(span(at(0), at(9)));

    assertThat(found).containsExactly("1 PUT a", "2 PUT a", "3 PUT a");
  }

  @Test
  void readsFewObjectsForAMinuteOfManyDays() throws InterruptedException {
    TestingChanges chain = chain();
    int hours = 24 * 40;
    for (int hour = 0; hour < hours; hour++) {
      Instant first = START.plus(Duration.ofHours(hour));
      chain.commit(first.plusSeconds(10), first.plusSeconds(5), puts(first));
    }
    CountingStore counting = new CountingStore(store);
    Instant from = START.plus(Duration.ofHours(500));

    in(counting).run(span(from, from.plusSeconds(30)), this::add);

    assertThat(found).containsExactly("1800000 PUT a");
    assertThat(counting.dataReads).as("change files").isEqualTo(1);
    assertThat(counting.reads).as("objects, of 2,000").isLessThan(60);
  }

  /**
   * The table was created anew with a sort key: what it was before has to be found all the same.
   */
  @Test
  void theKeyIsThatOfTheTableInTheSpan() throws InterruptedException {
    chain().commit(at(10), at(9), List.of(put(at(5), 1, "a", "'v':{'N':'1'}")));
    KeySchema other =
        KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("v", ScalarType.N));
    new TestingChanges(store, NEXT_CHAIN, at(7200), TableDefinition.onDemand("orders", other))
        .commit(at(7300), at(7250), List.of(put(at(7240), 1, "b", "'v':{'N':'1'}")));

    ChangeSearchResult all = search(everything());
    assertThat(found).containsExactly("7240 PUT b");
    assertThat(all.otherKey()).containsExactly(new TimeSpan(at(0), at(7200)));
    assertThat(all.unknown()).isEmpty();
    found.clear();

    ChangeSearch before = in(store).before(at(7200));
    assertThat(before.keySchema()).isEqualTo(TestingLog.chain("orders").table().keySchema());
    assertThat(before.run(span(at(0), at(9)), this::add).otherKey()).isEmpty();
    assertThat(found).containsExactly("5 PUT a");
    assertThat(in(store).before(at(7201)).keySchema()).isEqualTo(other);
  }

  /** Else the base would be taken for what the item was. */
  @Test
  void theLastChangeOfAnItemIsFoundThoughTheTableHasAnotherKeyNow() throws InterruptedException {
    chain().commit(at(10), at(9), List.of(put(at(5), 1, "a", "'v':{'N':'1'}")));
    KeySchema other =
        KeySchema.of(new KeyAttribute("pk", ScalarType.S), new KeyAttribute("v", ScalarType.N));
    new TestingChanges(store, NEXT_CHAIN, at(7200), TableDefinition.onDemand("orders", other));

    Optional<RecordedChange> last =
        new VersionSearch(store, 2, RunContext.system("test", new StopSignal()))
            .lastChange(
                "orders",
                new RecoveryPointId(CHAIN),
                ItemSelection.everything().withKeys(keyFilter("pk=a")),
                at(8));

    assertThat(last.orElseThrow().time()).isEqualTo(at(5));
  }

  @Test
  void aFileThatIsGoneIsDamage() {
    TestingChanges chain = chain();
    chain.commit(at(10), at(9), puts(at(1)));
    String key = chain.log().last().orElseThrow().files().get(0).key();
    store.delete(key);

    assertThatThrownBy(() -> search(everything()))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
        .hasMessage("unable to read change file '%s': it is missing".formatted(key));
  }

  @Test
  void refusesAFileThatIsNotWhatItsCommitSays() {
    TestingChanges chain = chain();
    chain.commit(at(10), at(9), puts(at(1)));
    String key = chain.log().last().orElseThrow().files().get(0).key();
    store.put(key, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> search(everything()))
        .isInstanceOfSatisfying(
            DynavaultException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED))
        .hasMessageContaining(key);
    assertThat(found).isEmpty();
  }

  @Test
  void refusesATableWithoutChains() {
    assertThatThrownBy(() -> in(store))
        .isInstanceOf(DynavaultException.class)
        .hasMessage(
            "unable to find changes of table 'orders': the vault has no continuous backup of it");
  }

  private ChangeSearchResult search(ChangeQuery query) throws InterruptedException {
    return in(store).run(query, this::add);
  }

  private boolean add(RecordedChange change) {
    found.add(
        "%d %s %s"
            .formatted(
                Duration.between(START, change.time()).toSeconds(),
                change.event(),
                ((Value.S) change.keys().attributes().get("pk")).value()));
    return true;
  }

  private static ChangeSearch in(ObjectStore store) {
    return ChangeSearch.in(store, "orders", 2, RunContext.system("test", new StopSignal()));
  }

  private TestingChanges chain() {
    return new TestingChanges(store, CHAIN, START);
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static List<Line> puts(Instant... times) {
    List<Line> lines = new ArrayList<>();
    for (Instant time : times) {
      lines.add(put(time, lines.size() + 1, "a", "'v':{'N':'1'}"));
    }
    return lines;
  }

  private static ChangeQuery everything() {
    return query(ItemSelection.everything());
  }

  private static ChangeQuery query(ItemSelection selection) {
    return new ChangeQuery(Optional.empty(), Optional.empty(), selection, Images.BOTH);
  }

  private static ChangeQuery from(Instant from) {
    return new ChangeQuery(
        Optional.of(from), Optional.empty(), ItemSelection.everything(), Images.NONE);
  }

  private static ChangeQuery span(Instant from, Instant to) {
    return new ChangeQuery(
        Optional.of(from), Optional.of(to), ItemSelection.everything(), Images.NONE);
  }

  private static KeyFilter keyFilter(String condition) {
    return KeyFilter.parse(List.of(condition), TestingLog.chain("orders").table().keySchema());
  }

  private static java.util.Map.Entry<String, Value> entry(String name, Value value) {
    return java.util.Map.entry(name, value);
  }

  /** Counts objects that are read. */
  private static final class CountingStore extends ForwardingStore {
    private int reads;
    private int dataReads;

    CountingStore(ObjectStore store) {
      super(store);
    }

    @Override
    public ObjectDownload read(String key) {
      reads++;
      if (key.contains("/data/")) {
        dataReads++;
      }
      return super.read(key);
    }
  }
}
