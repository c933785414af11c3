// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads lists and maps, written out or made by {@code for}. */
final class HclCollectionParser {
  private final HclParser in;
  private final HclExpressionParser expressions;

  HclCollectionParser(HclParser in, HclExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  /** After the opening bracket. */
  HclExpression list() {
    in.skipLines();
    if (in.peek().isName("for")) {
      Loop loop = loop("]");
      return scope -> {
        List<Object> made = new ArrayList<>();
        loop.each(scope, inner -> made.add(loop.value.evaluate(inner)));
        return made;
      };
    }
    List<HclExpression> elements = new ArrayList<>();
    while (!in.skip("]")) {
      elements.add(expressions.expression());
      in.skipLines();
      in.skip(",");
      in.skipLines();
    }
    return scope -> {
      List<Object> made = new ArrayList<>();
      elements.forEach(element -> made.add(element.evaluate(scope)));
      return made;
    };
  }

  /** After the opening brace. */
  HclExpression map() {
    in.skipLines();
    if (in.peek().isName("for")) {
      Loop loop = loop("}");
      return scope -> {
        Map<String, Object> made = new LinkedHashMap<>();
        loop.each(
            scope,
            inner ->
                made.put(HclValues.string(loop.key.evaluate(inner)), loop.value.evaluate(inner)));
        return made;
      };
    }
    Map<HclExpression, HclExpression> entries = new LinkedHashMap<>();
    while (!in.skip("}")) {
      HclExpression key = key();
      if (!in.skip("=")) {
        in.expect(":");
      }
      in.skipLines();
      entries.put(key, expressions.expression());
      in.skip(",");
      in.skipLines();
    }
    return scope -> {
      Map<String, Object> made = new LinkedHashMap<>();
      entries.forEach(
          (key, value) -> made.put(HclValues.string(key.evaluate(scope)), value.evaluate(scope)));
      return made;
    };
  }

  /** A bare name is a key, not a reference. */
  private HclExpression key() {
    if (in.peek().kind() == HclLexer.Kind.NAME) {
      String name = in.name();
      return scope -> name;
    }
    return expressions.expression();
  }

  private Loop loop(String end) {
    in.take();
    String first = in.name();
    String second = in.skip(",") ? in.name() : "";
    if (!in.name().equals("in")) {
      throw in.unexpected("no in");
    }
    HclExpression source = expressions.expression();
    in.expect(":");
    in.skipLines();
    HclExpression value = expressions.expression();
    HclExpression key = value;
    if (in.skip("=>")) {
      value = expressions.expression();
    }
    HclExpression condition = scope -> true;
    if (in.peek().isName("if")) {
      in.take();
      condition = expressions.expression();
    }
    in.skipLines();
    in.expect(end);
    return new Loop(first, second, source, condition, key, value);
  }

  private record Loop(
      String first,
      String second,
      HclExpression source,
      HclExpression condition,
      HclExpression key,
      HclExpression value) {

    void each(HclScope scope, java.util.function.Consumer<HclScope> step) {
      HclValues.entries(source.evaluate(scope))
          .forEach(
              entry -> {
                Map<String, Object> names = new LinkedHashMap<>();
                names.put(first, second.isEmpty() ? entry.getValue() : entry.getKey());
                if (!second.isEmpty()) {
                  names.put(second, entry.getValue());
                }
                HclScope inner = scope.with(names);
                if (HclValues.isTrue(condition.evaluate(inner))) {
                  step.accept(inner);
                }
              });
    }
  }
}
