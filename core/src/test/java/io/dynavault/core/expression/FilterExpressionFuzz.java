// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static io.dynavault.core.expression.TestingItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class FilterExpressionFuzz {
  private static final ExpressionValues VALUES =
      new ExpressionValues(Map.of(":v", new Value.N("1"), ":w", new Value.S("S")));

  @Property(tries = 5000)
  void tokensInAnyOrderAreAnExpressionOrRefused(@ForAll("tokens") List<String> tokens) {
    parseAndMatch(String.join(" ", tokens));
  }

  @Property(tries = 2000)
  void anyTextIsAnExpressionOrRefused(@ForAll String text) {
    parseAndMatch(text);
  }

  private static void parseAndMatch(String expression) {
    try {
      FilterExpression.parse(expression + " AND :v <> :w", ExpressionNames.none(), VALUES)
          .matches(item("{'a':{'N':'1'},'b':{'L':[{'S':'S'}]}}"));
    } catch (DynavaultException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.FILTER_INVALID);
    }
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "a",
            "b",
            "b[0]",
            ".",
            "[",
            "]",
            "0",
            ":v",
            ":w",
            "#n",
            "=",
            "<>",
            "<",
            ">=",
            "(",
            ")",
            "(",
            ")",
            ",",
            "AND",
            "OR",
            "NOT",
            "BETWEEN",
            "IN",
            "size",
            "contains",
            "begins_with",
            "attribute_exists",
            "attribute_type",
            "size(b)",
            "a = :v",
            "a IN (",
            "b, :v)")
        .list()
        .ofMaxSize(14);
  }
}
