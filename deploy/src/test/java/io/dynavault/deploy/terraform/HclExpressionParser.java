// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import io.dynavault.deploy.terraform.HclLexer.Kind;
import io.dynavault.deploy.terraform.HclLexer.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads expressions, loosest binding first. */
final class HclExpressionParser {
  private final HclParser in;

  HclExpressionParser(HclParser in) {
    this.in = in;
  }

  HclExpression expression() {
    HclExpression condition = or();
    if (!in.skip("?")) {
      return condition;
    }
    in.skipLines();
    HclExpression yes = expression();
    in.skipLines();
    in.expect(":");
    in.skipLines();
    HclExpression no = expression();
    return scope ->
        HclValues.isTrue(condition.evaluate(scope)) ? yes.evaluate(scope) : no.evaluate(scope);
  }

  private HclExpression or() {
    HclExpression left = and();
    while (in.skip("||")) {
      HclExpression first = left;
      HclExpression second = and();
      left =
          scope ->
              HclValues.isTrue(first.evaluate(scope)) || HclValues.isTrue(second.evaluate(scope));
    }
    return left;
  }

  private HclExpression and() {
    HclExpression left = comparison();
    while (in.skip("&&")) {
      HclExpression first = left;
      HclExpression second = comparison();
      left =
          scope ->
              HclValues.isTrue(first.evaluate(scope)) && HclValues.isTrue(second.evaluate(scope));
    }
    return left;
  }

  private HclExpression comparison() {
    HclExpression left = sum();
    if (in.skip("==")) {
      HclExpression right = sum();
      return scope -> Objects.equals(left.evaluate(scope), right.evaluate(scope));
    }
    if (in.skip("!=")) {
      HclExpression right = sum();
      return scope -> !Objects.equals(left.evaluate(scope), right.evaluate(scope));
    }
    if (in.skip(">=")) {
      HclExpression right = sum();
      return scope -> compare(left, right, scope) >= 0;
    }
    if (in.skip(">")) {
      HclExpression right = sum();
      return scope -> compare(left, right, scope) > 0;
    }
    return left;
  }

  private static int compare(HclExpression left, HclExpression right, HclScope scope) {
    return HclValues.number(left.evaluate(scope))
        .compareTo(HclValues.number(right.evaluate(scope)));
  }

  private HclExpression sum() {
    HclExpression left = unary();
    while (in.skip("-")) {
      HclExpression first = left;
      HclExpression second = unary();
      left =
          scope ->
              HclValues.number(first.evaluate(scope))
                  .subtract(HclValues.number(second.evaluate(scope)));
    }
    return left;
  }

  private HclExpression unary() {
    if (in.skip("!")) {
      HclExpression operand = unary();
      return scope -> !HclValues.isTrue(operand.evaluate(scope));
    }
    if (in.skip("-")) {
      HclExpression operand = unary();
      return scope -> HclValues.number(operand.evaluate(scope)).negate();
    }
    return traversed(primary());
  }

  private HclExpression traversed(HclExpression start) {
    HclExpression value = start;
    while (true) {
      HclExpression from = value;
      if (in.skip(".")) {
        String attribute = in.name();
        value = scope -> HclValues.attribute(from.evaluate(scope), attribute);
      } else if (in.skip("[")) {
        if (in.skip("*")) {
          in.expect("]");
          in.expect(".");
          String attribute = in.name();
          value =
              scope ->
                  HclValues.list(from.evaluate(scope)).stream()
                      .map(element -> HclValues.attribute(element, attribute))
                      .toList();
        } else {
          HclExpression index = expression();
          in.expect("]");
          value = scope -> HclValues.element(from.evaluate(scope), index.evaluate(scope));
        }
      } else {
        return value;
      }
    }
  }

  private HclExpression primary() {
    Token token = in.take();
    if (token.kind() == Kind.TEMPLATE) {
      return HclTemplate.of(token.text(), token.line());
    }
    if (token.kind() == Kind.NUMBER) {
      BigDecimal number = new BigDecimal(token.text());
      return scope -> number;
    }
    if (token.is("(")) {
      in.skipLines();
      HclExpression inner = expression();
      in.skipLines();
      in.expect(")");
      return inner;
    }
    if (token.is("[")) {
      return new HclCollectionParser(in, this).list();
    }
    if (token.is("{")) {
      return new HclCollectionParser(in, this).map();
    }
    if (token.kind() != Kind.NAME) {
      throw in.unexpected("no expression after '" + token.text() + "'");
    }
    return named(token.text());
  }

  private HclExpression named(String name) {
    if (in.skip("(")) {
      List<HclExpression> arguments = arguments();
      if (name.equals("try")) {
        return scope -> firstWithoutError(arguments, scope);
      }
      return scope ->
          HclFunctions.call(
              name,
              arguments.stream()
                  .map(argument -> argument.evaluate(scope))
                  .collect(Collectors.toCollection(ArrayList::new)));
    }
    return switch (name) {
      case "true" -> scope -> true;
      case "false" -> scope -> false;
      case "null" -> scope -> null;
      default -> scope -> scope.lookup(name);
    };
  }

  private static @Nullable Object firstWithoutError(List<HclExpression> arguments, HclScope scope) {
    for (HclExpression argument : arguments) {
      try {
        return argument.evaluate(scope);
      } catch (IllegalArgumentException e) {
        // the next one
      }
    }
    throw new IllegalArgumentException("try: all arguments failed");
  }

  private List<HclExpression> arguments() {
    List<HclExpression> arguments = new ArrayList<>();
    in.skipLines();
    while (!in.skip(")")) {
      arguments.add(expression());
      in.skipLines();
      in.skip(",");
      in.skipLines();
    }
    return arguments;
  }
}
