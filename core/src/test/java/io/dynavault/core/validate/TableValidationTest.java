// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.validate;

import static io.dynavault.core.error.Failures.failure;
import static io.dynavault.core.validate.TestingTableItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.compare.CompareResult;
import io.dynavault.core.compare.CompareScope;
import io.dynavault.core.compare.Difference;
import io.dynavault.core.compare.DifferenceListener;
import io.dynavault.core.compare.ExpectedItems;
import io.dynavault.core.content.ExportContent;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.store.memory.MemoryStore;
import io.dynavault.core.verify.TestingExport;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TableValidationTest {
  private static final ValidationLevel COUNTS = new ValidationLevel.Counts();
  private static final ValidationLevel ALL = new ValidationLevel.All();
  private static final KeySchema KEYS = KeySchema.of(new KeyAttribute("pk", ScalarType.S));

  private final TestingTableItems table = new TestingTableItems("restored");
  private final List<String> differences = new ArrayList<>();

  @Test
  void countsOfARecoveryPointAndATableAreCompared() throws Exception {
    table.put("a", "1").put("b", "2").put("c", "changed since");

    ValidationResult result = validate(point("a", "b", "c"), COUNTS);

    assertThat(result.passed()).isTrue();
    assertThat(result.expectedItems()).isEqualTo(3);
    assertThat(result.actualItems()).isEqualTo(3);
    assertThat(result.proves())
        .isEqualTo("both have the same number of items; what is in them was not compared");
  }

  @Test
  void countsAreCountedByTheServerAndNotTakenFromItsDescription() throws Exception {
    table.put("a", "1");

    validate(point("a"), COUNTS);

    assertThat(table.transport.requests())
        .isNotEmpty()
        .allSatisfy(
            request -> {
              assertThat(request.operation()).isEqualTo("Scan");
              assertThat(request.body())
                  .contains("\"Select\":\"COUNT\"", "\"ConsistentRead\":true");
            });
  }

  @Test
  void aTableWithFewerOrMoreItemsDoesNotPass() throws Exception {
    table.put("a", "1");

    assertThat(validate(point("a", "b", "c"), COUNTS).compared())
        .isEqualTo(new CompareResult(1, 2, 0, 0));
    table.put("b", "1").put("c", "1").put("d", "1");
    assertThat(validate(point("a", "b", "c"), COUNTS).compared())
        .isEqualTo(new CompareResult(3, 0, 1, 0));
  }

  @Test
  void itemsThatARestoreHadToLeaveAloneAreNoDifference() throws Exception {
    table.put("a", "other").put("b", "1").put("mine", "1");
    Set<Difference.Kind> skipped = Set.of(Difference.Kind.EXTRA, Difference.Kind.DIFFERENT);

    for (ValidationLevel level : List.of(COUNTS, sample(10), ALL)) {
      assertThat(validation(point("a", "b"), CompareScope.everything(), skipped).run(level, log()))
          .as(level.text())
          .matches(ValidationResult::passed);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  @Tag("G12")
  void allFindsEveryDifferenceAndNamesItsKey() throws Exception {
    table.put("a", "1").put("b", "changed").put("d", "1");

    ValidationResult result = validate(point("a", "b", "c"), ALL);

    assertThat(result.passed()).isFalse();
    assertThat(result.compared()).isEqualTo(new CompareResult(1, 1, 1, 1));
    assertThat(result.expectedItems()).isEqualTo(3);
    assertThat(result.actualItems()).isEqualTo(3);
    assertThat(differences)
        .containsExactlyInAnyOrder(
            "DIFFERENT {\"pk\":{\"S\":\"b\"}}",
            "MISSING {\"pk\":{\"S\":\"c\"}}",
            "EXTRA {\"pk\":{\"S\":\"d\"}}");
  }

  @Test
  @Tag("G12")
  void digestsAreEqualIfAndOnlyIfTheItemsAre() throws Exception {
    table.put("b", "1").put("a", "1");
    var equal = validate(point("a", "b"), ALL).digests().orElseThrow();
    table.put("b", "2");
    var unequal = validate(point("a", "b"), ALL).digests().orElseThrow();

    assertThat(equal.expected()).isEqualTo(equal.actual());
    assertThat(unequal.expected()).isEqualTo(equal.expected()).isNotEqualTo(unequal.actual());
    assertThat(equal.expected().toString()).matches("[0-9a-f]{32}");
  }

  @Test
  void aSampleReadsItsItemsBackConsistentlyAndNoOthers() throws Exception {
    String[] keys = keys(1000);
    for (String key : keys) {
      table.put(key, "1");
    }

    ValidationResult result = validate(point(keys), sample(25));

    assertThat(result.passed()).isTrue();
    assertThat(result.expectedItems()).isEqualTo(25);
    assertThat(result.seed()).isPresent();
    assertThat(table.requests("GetItem")).isEqualTo(25);
    assertThat(table.requests("Scan")).isZero();
    assertThat(table.transport.requests())
        .allSatisfy(request -> assertThat(request.body()).contains("\"ConsistentRead\":true"));
  }

  @Test
  void aSampleOfAsManyItemsAsThereAreFindsWhatIsMissingAndDifferent() throws Exception {
    table.put("a", "1").put("b", "changed");

    ValidationResult result = validate(point("a", "b", "c"), sample(3));

    assertThat(result.compared()).isEqualTo(new CompareResult(1, 1, 0, 1));
    assertThat(result.actualItems()).isEqualTo(2);
    assertThat(differences)
        .containsExactlyInAnyOrder(
            "DIFFERENT {\"pk\":{\"S\":\"b\"}}", "MISSING {\"pk\":{\"S\":\"c\"}}");
  }

  @Test
  void theSameSeedDrawsTheSameItemsAndAnotherOneOthers() throws Exception {
    String[] keys = keys(1000);

    assertThat(drawn(point(keys), 7)).isEqualTo(drawn(point(keys), 7)).hasSize(50);
    assertThat(drawn(point(keys), 7)).isNotEqualTo(drawn(point(keys), 8));
  }

  /** With 200 samples of 50 out of 1,000 each item is expected 10 times. */
  @Test
  void everyItemIsAsLikelyAsAnyOther() throws Exception {
    String[] keys = keys(1000);
    ExpectedItems source = point(keys);
    Map<String, Integer> times = new HashMap<>();
    for (int seed = 0; seed < 200; seed++) {
      drawn(source, seed).forEach(key -> times.merge(key, 1, Integer::sum));
    }

    // The standard deviation is 3.1; of 1,000 items none is seven of them away.
    assertThat(times.values()).allMatch(n -> n <= 32);
    assertThat(times).hasSizeGreaterThan(990);
  }

  @Test
  void aTableIsComparedWithTheTableItCameFromAndTheResultSaysWhatThatProves() throws Exception {
    TestingTableItems source = new TestingTableItems("orders").put("a", "1").put("b", "1");
    table.put("a", "1").put("b", "1");

    for (ValidationLevel level : List.of(COUNTS, sample(2), ALL)) {
      ValidationResult result = validate(ExpectedItems.of(source.scan()), level);
      assertThat(result.passed()).as(level.text()).isTrue();
      assertThat(result.expectedItems()).isEqualTo(2);
      assertThat(result.source()).isEqualTo("table 'orders'");
      assertThat(result.proves()).contains("the source table may have been written to since");
    }
    source.put("c", "written after the backup");
    assertThat(validate(ExpectedItems.of(source.scan()), ALL).compared().missing()).isOne();
  }

  @Test
  void theSampleOfASourceTableIsUniformByTheHashOfTheKeys() throws Exception {
    TestingTableItems source = new TestingTableItems("orders");
    for (String key : keys(1000)) {
      source.put(key, "1");
    }
    ExpectedItems items = ExpectedItems.of(source.scan());

    assertThat(drawn(items, 1))
        .hasSize(50)
        .isEqualTo(drawn(items, 1))
        .isNotEqualTo(drawn(items, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counts", "sample:10", "all"})
  void onlySelectedItemsAreExpectedAsTheyWereChanged(String level) throws Exception {
    table.items.put("a", item("a", "masked"));
    UnaryOperator<Item> mask =
        item -> new Item(Map.of("pk", item.attributes().get("pk"), "a", new Value.S("masked")));
    ItemSelection onlyA =
        ItemSelection.everything()
            .withFilter(item -> item.attributes().get("pk").equals(new Value.S("a")));
    CompareScope scope = new CompareScope(onlyA, ItemSelection.everything(), mask, 1);

    ValidationResult result =
        validation(point("a", "b"), scope, Set.of()).run(ValidationLevel.parse(level), log());

    assertThat(result.expectedItems()).isOne();
    assertThat(result.passed()).isTrue();
  }

  @Test
  void aSampleOfARecoveryPointWithoutItsFilesIsNoSuccess() {
    MemoryStore store = MemoryStore.isolated(InstantSource.system());
    var point = TestingExport.orders().file(item("a", "1")).store(store);
    ExportContent content = ExportContent.open(store, point);
    store.delete(content.export().files().get(0).key());

    failure(ErrorCode.DAMAGED, () -> validate(ExpectedItems.of(content), sample(1)));
  }

  @Test
  void aStopEndsIt() {
    table.put("a", "1");
    table.stop.request();

    for (ValidationLevel level : List.of(COUNTS, sample(1), ALL)) {
      failure(ErrorCode.INTERRUPTED, () -> validate(point("a"), level));
    }
  }

  @Test
  void anAnswerThatIsNoneIsAFailureNotAMissingItem() {
    TestingTableItems odd = new TestingTableItems("odd");
    odd.items.put("a", "[]");

    failure(
        ErrorCode.SERVICE_UNAVAILABLE,
        () ->
            new TableValidation(point("a"), odd.scan(), KEYS, odd.context)
                .run(sample(1), (difference, print, key) -> {}));
  }

  private Set<String> drawn(ExpectedItems source, long seed) throws InterruptedException {
    differences.clear();
    ValidationLevel level = new ValidationLevel.Sample(50, OptionalLong.of(seed));
    validate(source, level); // the table is empty: every item of the sample is missing
    return new HashSet<>(differences);
  }

  private ValidationResult validate(ExpectedItems expected, ValidationLevel level)
      throws InterruptedException {
    return validation(expected, CompareScope.everything(), Set.of()).run(level, log());
  }

  private TableValidation validation(
      ExpectedItems expected, CompareScope scope, Set<Difference.Kind> tolerated) {
    return new TableValidation(expected, table.scan(), KEYS, scope, tolerated, table.context);
  }

  private DifferenceListener log() {
    return (difference, print, key) -> differences.add(difference.kind() + " " + difference.key());
  }

  private static ValidationLevel sample(int items) {
    return new ValidationLevel.Sample(items, OptionalLong.empty());
  }

  private static String[] keys(int count) {
    return IntStream.range(0, count).mapToObj(n -> "k" + n).toArray(String[]::new);
  }

  /** Items of these keys, in two files. */
  private static ExpectedItems point(String... keys) {
    MemoryStore store = MemoryStore.isolated(InstantSource.system());
    String[] items = Arrays.stream(keys).map(k -> item(k, "1")).toArray(String[]::new);
    int half = items.length / 2;
    var point =
        TestingExport.orders()
            .file(Arrays.copyOfRange(items, 0, half))
            .file(Arrays.copyOfRange(items, half, items.length))
            .store(store);
    return ExpectedItems.of(ExportContent.open(store, point));
  }
}
