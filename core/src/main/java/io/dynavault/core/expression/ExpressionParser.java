// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.error.DynavaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Parses filter expressions by recursive descent, one method for each level of precedence: OR, AND,
 * NOT, comparisons, and at last parentheses, functions and values. A level that finds no operator
 * of its own hands on what the level below returned, so that {@code (} may begin both a condition
 * and an operand.
 */
final class ExpressionParser {
  private static final int MAX_BYTES = 4096;
  private static final int MAX_OPERATORS = 300;
  private static final int MAX_LEVELS = 32;

  private final ExpressionSource source;
  private final List<Token> tokens;
  private final Placeholders placeholders;
  private final ConditionFactory conditions;
  private int next;
  private int operators;
  private int openGroups;

  private ExpressionParser(ExpressionSource source, Placeholders placeholders) {
    this.source = source;
    this.tokens = ExpressionLexer.tokens(source);
    this.placeholders = placeholders;
    this.conditions = new ConditionFactory(source);
  }

  static Condition parse(String expression, Placeholders placeholders) {
    ExpressionSource source = new ExpressionSource("filter expression", expression);
    if (expression.isBlank()) {
      throw source.fault("it is empty");
    }
    if (expression.getBytes(UTF_8).length > MAX_BYTES) {
      throw source.fault("it is over " + MAX_BYTES + " bytes");
    }
    ExpressionParser parser = new ExpressionParser(source, placeholders);
    Condition condition = parser.condition(parser::or);
    parser.expect(TokenKind.END);
    placeholders.requireAllUsed(source);
    return condition;
  }

  private Node or() {
    Token start = peek();
    Node left = and();
    while (peek().is(TokenKind.OR)) {
      operator();
      left = new Condition.Or(asCondition(left, start), condition(this::and));
    }
    return left;
  }

  private Node and() {
    Token start = peek();
    Node left = not();
    while (peek().is(TokenKind.AND)) {
      operator();
      left = new Condition.And(asCondition(left, start), condition(this::not));
    }
    return left;
  }

  private Node not() {
    if (!peek().is(TokenKind.NOT)) {
      return comparison();
    }
    operator();
    return new Condition.Not(condition(this::not));
  }

  private Node comparison() {
    Token start = peek();
    Node left = primary();
    return switch (peek().kind()) {
      case COMPARATOR -> {
        Token sign = operator();
        yield conditions.comparison(sign, asOperand(left, start), operand());
      }
      case BETWEEN -> {
        Token word = operator();
        Operand lower = operand();
        expect(TokenKind.AND);
        yield conditions.between(word, asOperand(left, start), lower, operand());
      }
      case IN -> {
        Token word = operator();
        yield conditions.in(word, asOperand(left, start), operands());
      }
      default -> left;
    };
  }

  private Node primary() {
    Token token = peek();
    return switch (token.kind()) {
      case OPEN -> group();
      case VALUE_PLACEHOLDER -> new Operand.Constant(placeholders.value(take(), source));
      case NAME_PLACEHOLDER -> path();
      case IDENTIFIER -> tokens.get(next + 1).is(TokenKind.OPEN) ? function() : path();
      default -> throw unexpected(token);
    };
  }

  private Node group() {
    Token open = take();
    // Redundant parentheses are refused below, so deeper ones than operators cannot be right; the
    // bound keeps a hostile expression from exhausting the stack.
    if (++openGroups > MAX_OPERATORS + 1) {
      throw source.fault(open.position(), "too many parentheses");
    }
    Node inner = or();
    expect(TokenKind.CLOSE);
    openGroups--;
    if (inner instanceof Grouped) {
      throw source.fault(open.position(), "redundant parentheses");
    }
    return new Grouped(inner);
  }

  private Node function() {
    Token name = operator();
    return conditions.function(name, operands());
  }

  private List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    expect(TokenKind.OPEN);
    operands.add(operand());
    while (peek().is(TokenKind.COMMA)) {
      take();
      operands.add(operand());
    }
    expect(TokenKind.CLOSE);
    return operands;
  }

  private Operand path() {
    Token start = peek();
    String attribute = name();
    List<DocumentPath.Step> steps = new ArrayList<>();
    while (peek().is(TokenKind.DOT) || peek().is(TokenKind.OPEN_INDEX)) {
      steps.add(take().is(TokenKind.DOT) ? new DocumentPath.Entry(name()) : element());
    }
    if (steps.size() >= MAX_LEVELS) {
      throw source.fault(start.position(), "path of more than " + MAX_LEVELS + " levels");
    }
    return new Operand.Path(new DocumentPath(attribute, steps));
  }

  private String name() {
    Token token = take();
    return switch (token.kind()) {
      case IDENTIFIER -> token.text();
      case NAME_PLACEHOLDER -> placeholders.name(token, source);
      default -> throw unexpected(token);
    };
  }

  private DocumentPath.Step element() {
    Token index = expect(TokenKind.NUMBER);
    expect(TokenKind.CLOSE_INDEX);
    try {
      return new DocumentPath.Element(Integer.parseInt(index.text()));
    } catch (NumberFormatException e) {
      throw source.fault(index.position(), "list index is too large");
    }
  }

  private Condition condition(Supplier<Node> level) {
    Token start = peek();
    return asCondition(level.get(), start);
  }

  private Condition asCondition(Node node, Token start) {
    if (node instanceof Grouped group) {
      return asCondition(group.inner(), start);
    }
    if (node instanceof Condition condition) {
      return condition;
    }
    Token found = peek();
    throw found.is(TokenKind.END) || found.is(TokenKind.AND) || found.is(TokenKind.OR)
        ? source.fault(start.position(), "a value stands where a condition is needed")
        : unexpected(found);
  }

  private Operand operand() {
    Token start = peek();
    return asOperand(primary(), start);
  }

  private Operand asOperand(Node node, Token start) {
    if (node instanceof Grouped group) {
      return asOperand(group.inner(), start);
    }
    if (node instanceof Operand operand) {
      return operand;
    }
    throw source.fault(start.position(), "a condition stands where a value is needed");
  }

  private Token operator() {
    Token token = take();
    if (++operators > MAX_OPERATORS) {
      throw source.fault(
          token.position(), "more than " + MAX_OPERATORS + " operators and functions");
    }
    return token;
  }

  private Token expect(TokenKind kind) {
    Token token = take();
    if (!token.is(kind)) {
      throw unexpected(token);
    }
    return token;
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = peek();
    if (!token.is(TokenKind.END)) {
      next++;
    }
    return token;
  }

  private DynavaultException unexpected(Token token) {
    return source.fault(token.position(), "unexpected " + token.display());
  }
}
