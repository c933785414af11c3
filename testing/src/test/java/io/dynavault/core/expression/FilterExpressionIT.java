// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DynamoDB Local's Scan is the judge of what an expression chooses and which are refused. */
final class FilterExpressionIT {
  private static final int RANDOM_EXPRESSIONS = Integer.getInteger("dynavault.expressions", 1500);
  private static final long SEED = Long.getLong("dynavault.seed", 20261121);

  private static FilteredTable table;

  @BeforeAll
  static void createTable() throws IOException {
    table = new FilteredTable();
  }

  @AfterAll
  static void dropTable() {
    table.drop();
  }

  @ParameterizedTest
  @MethodSource("listed")
  void listedExpressionsChooseWhatTheServersScanChooses(String expression) {
    assertThat(table.byUs(expression)).isEqualTo(table.byServer(expression));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void limitsAreTheServers(String expression) {
    assertThat(table.byUs(expression)).isEqualTo(table.byServer(expression));
  }

  @Test
  void randomExpressionsChooseWhatTheServersScanChooses() {
    RandomExpressions expressions =
        new RandomExpressions(new SplittableRandom(SEED), table.valuePlaceholders());
    List<String> different = new ArrayList<>();
    int refused = 0;
    int selective = 0;
    for (int i = 0; i < RANDOM_EXPRESSIONS; i++) {
      String expression = expressions.next();
      Optional<Set<String>> expected = table.byServer(expression);
      if (!table.byUs(expression).equals(expected)) {
        different.add(expression);
      }
      refused += expected.isEmpty() ? 1 : 0;
      selective += expected.filter(this::isSome).isPresent() ? 1 : 0;
    }
    assertThat(different).as("seed %d", SEED).isEmpty();
    assertThat(refused).as("refused").isBetween(RANDOM_EXPRESSIONS / 20, RANDOM_EXPRESSIONS / 2);
    assertThat(selective).as("choose some items only").isGreaterThan(RANDOM_EXPRESSIONS / 10);
  }

  /** The one leniency: whoever filters a backup need not know the list of reserved words. */
  @ParameterizedTest
  @ValueSource(strings = {"status = :x", "attribute_exists(name)", "m.date = :x", "set = :x"})
  void onlyReservedWordsAreAcceptedWhereTheServerRefuses(String expression) {
    assertThat(table.byServer(expression)).isEmpty();
    assertThat(table.byUs(expression)).isPresent();
  }

  private boolean isSome(Set<String> chosen) {
    return !chosen.isEmpty() && chosen.size() < table.size();
  }

  static Stream<String> listed() {
    return FilteredTable.resource("filter-expressions.txt")
        .lines()
        .filter(line -> !line.startsWith("--"));
  }

  static Stream<String> limits() {
    return Stream.of(
            IntStream.of(100, 101).mapToObj(n -> repeated("size(s) = :five", " OR ", n)),
            IntStream.of(150, 151).mapToObj(n -> repeated("a = :five", " AND ", n)),
            IntStream.of(150, 151).mapToObj(n -> repeated("a between b and :six", " OR ", n)),
            IntStream.of(150, 151).mapToObj(n -> repeated("contains(s, t)", " OR ", n)),
            IntStream.of(299, 300).mapToObj(n -> "NOT ".repeat(n) + "a = :five"),
            IntStream.of(100, 101).mapToObj(n -> "a IN (" + repeated(":five", ",", n) + ")"),
            IntStream.of(32, 33).mapToObj(n -> repeated("m", ".", n) + " = :five"),
            IntStream.of(31, 32).mapToObj(n -> "l" + "[0]".repeat(n) + " = :five"),
            IntStream.of(4087, 4088).mapToObj(n -> "a = :five" + " ".repeat(n)),
            IntStream.of(1, 2, 30).mapToObj(n -> "(".repeat(n) + "a = :five" + ")".repeat(n)),
            Stream.of("", " ", "\t\r\n", "a\t=\r\n:five", "a\u00a0= :five", "a\f= :five"),
            Stream.of("a\u0000= :five", "a\u000b= :five", "\u212a = b", "a = :\u00e9"))
        .flatMap(expressions -> expressions);
  }

  private static String repeated(String part, String separator, int times) {
    return String.join(separator, Collections.nCopies(times, part));
  }
}
