// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.expression.FilterExpression;
import io.dynavault.core.expression.ItemSelection;
import io.dynavault.core.expression.KeyFilter;
import io.dynavault.core.job.RunContext;
import io.dynavault.core.job.StopSignal;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Item;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeyReader;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiffRunTest {
  private static final KeySchema KEY = KeySchema.of(new KeyAttribute("n", ScalarType.N));

  private final List<String> told = new ArrayList<>();

  @Test
  void tellsInTheOrderOfKeysWhatWasAddedRemovedAndChanged() throws InterruptedException {
    TestingItems before =
        new TestingItems(
            "{'n':{'N':'100'},'v':{'S':'a'}}",
            "{'n':{'N':'3'},'v':{'S':'a'}}",
            "{'n':{'N':'20'},'v':{'S':'a'}}");
    TestingItems after =
        new TestingItems(
            "{'n':{'N':'20'},'v':{'S':'b'}}",
            "{'n':{'N':'-1'}}",
            "{'v':{'S':'a'},'n':{'N':'3.0'}}");

    DiffResult result = run(before, after, ItemSelection.everything());

    assertThat(result).isEqualTo(new DiffResult(1, 1, 1, 1));
    assertThat(result.identical()).isFalse();
    assertThat(told)
        .containsExactly(
            "ADDED -1 [] -> [n]", "CHANGED 20 [v, n] -> [v, n]", "REMOVED 100 [v, n] -> []");
  }

  @Test
  void handsOutBothImages() throws InterruptedException {
    List<ItemDifference> differences = new ArrayList<>();

    diff(
            new TestingItems("{'n':{'N':'1'},'v':{'S':'a'}}"),
            new TestingItems("{'n':{'N':'1'},'v':{'S':'b'}}"),
            ItemSelection.everything())
        .run(differences::add);

    assertThat(differences)
        .containsExactly(
            new ItemDifference(
                item("{'n':{'N':'1'}}"),
                Optional.of(item("{'n':{'N':'1'},'v':{'S':'a'}}")),
                Optional.of(item("{'n':{'N':'1'},'v':{'S':'b'}}"))));
  }

  @Test
  void readsEqualStatesOnce() throws InterruptedException {
    TestingItems before = new TestingItems("{'n':{'N':'1'}}");
    TestingItems after = new TestingItems("{'n':{'N':'1.0'}}");

    assertThat(run(before, after, ItemSelection.everything()).identical()).isTrue();

    assertThat(before.readings()).isEqualTo(1);
    assertThat(after.readings()).isEqualTo(1);
  }

  @Test
  void countsWithOneReading() throws InterruptedException {
    TestingItems before = new TestingItems("{'n':{'N':'1'}}");
    TestingItems after = new TestingItems("{'n':{'N':'2'}}");

    DiffResult result = diff(before, after, ItemSelection.everything()).count();

    assertThat(result).isEqualTo(new DiffResult(0, 1, 1, 0));
    assertThat(after.readings()).isEqualTo(1);
  }

  @Test
  void tellsItemsThatMatchAFilterBeforeOrAfter() throws InterruptedException {
    ItemSelection open =
        ItemSelection.everything().withFilter(FilterExpression.parse("attribute_exists(open)"));
    TestingItems before =
        new TestingItems("{'n':{'N':'1'},'open':{'BOOL':true}}", "{'n':{'N':'2'}}");
    TestingItems after =
        new TestingItems("{'n':{'N':'1'},'v':{'S':'a'}}", "{'n':{'N':'2'},'v':{'S':'a'}}");

    assertThat(diff(before, after, open).count()).isEqualTo(new DiffResult(0, 0, 0, 1));
    run(before, after, open);
    assertThat(told).containsExactly("CHANGED 1 [open, n] -> [v, n]");
  }

  @Test
  void looksAtChosenKeysOnly() throws InterruptedException {
    ItemSelection chosen =
        ItemSelection.everything().withKeys(KeyFilter.parse(List.of("n=1"), KEY));
    TestingItems before = new TestingItems("{'n':{'N':'1'}}", "{'n':{'N':'2'}}");
    TestingItems after = new TestingItems("{'n':{'N':'3'}}");

    assertThat(run(before, after, chosen)).isEqualTo(new DiffResult(0, 0, 1, 0));
    assertThat(told).containsExactly("REMOVED 1 [n] -> []");
  }

  @Test
  void findsThreeDifferencesAmongMany() throws InterruptedException {
    List<String> before = new ArrayList<>(items(20_000));
    List<String> after = new ArrayList<>(items(20_000));
    before.remove(17);
    after.remove(19_000);
    after.set(500, "{'n':{'N':'500'},'v':{'S':'other'}}");

    assertThat(run(new TestingItems(before), new TestingItems(after), ItemSelection.everything()))
        .isEqualTo(new DiffResult(19_997, 1, 1, 1));
    assertThat(told)
        .containsExactly(
            "ADDED 17 [] -> [v, n]", "CHANGED 500 [v, n] -> [v, n]", "REMOVED 19000 [v, n] -> []");
  }

  @Test
  void refusesItemsWithoutAKey() {
    TestingItems before = new TestingItems("{'x':{'N':'1'}}");

    assertThatThrownBy(() -> run(before, before, ItemSelection.everything()))
        .isInstanceOf(DynavaultException.class)
        .hasMessageContaining("unable to compare an item");
  }

  private DiffResult run(TestingItems before, TestingItems after, ItemSelection selection)
      throws InterruptedException {
    return diff(before, after, selection)
        .run(
            difference ->
                told.add(
                    "%s %s %s -> %s"
                        .formatted(
                            difference.kind(),
                            new KeyReader(KEY)
                                .read(difference.keys())
                                .partition()
                                .toString()
                                .replaceAll("N\\[value=(.*)\\]", "$1"),
                            names(difference.before()),
                            names(difference.after()))));
  }

  private static DiffRun diff(TestingItems before, TestingItems after, ItemSelection selection) {
    return new DiffRun(
        before,
        after,
        new KeyReader(KEY),
        selection,
        2,
        RunContext.system("test", new StopSignal()));
  }

  private static List<String> items(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "{'n':{'N':'%d'},'v':{'S':'value'}}".formatted(n))
        .toList();
  }

  private static List<String> names(Optional<Item> item) {
    return item.map(
            found ->
                found.attributes().keySet().stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList())
        .orElse(List.of());
  }

  private static Item item(String json) {
    return DynamoDbJson.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
