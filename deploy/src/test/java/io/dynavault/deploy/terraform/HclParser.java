// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import io.dynavault.deploy.terraform.HclLexer.Kind;
import io.dynavault.deploy.terraform.HclLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the blocks of a configuration file. */
final class HclParser {
  private final List<Token> tokens;
  private int at;

  HclParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * The blocks of a file, in order.
   *
   * @throws IllegalArgumentException if the text is not of the language, with the line
   */
  static List<HclBlock> parse(String text) {
    HclParser parser = new HclParser(HclLexer.tokens(text, 1));
    List<HclBlock> blocks = new ArrayList<>();
    parser.skipLines();
    while (parser.peek().kind() != Kind.END) {
      blocks.add(parser.block());
      parser.skipLines();
    }
    return blocks;
  }

  private HclBlock block() {
    String type = name();
    List<String> labels = new ArrayList<>();
    while (!peek().is("{")) {
      labels.add(peek().kind() == Kind.TEMPLATE ? take().text() : name());
    }
    take();
    Map<String, HclExpression> attributes = new LinkedHashMap<>();
    List<HclBlock> blocks = new ArrayList<>();
    skipLines();
    while (!peek().is("}")) {
      if (tokens.get(at + 1).is("=")) {
        String attribute = name();
        take();
        if (attributes.put(attribute, expression()) != null) {
          throw unexpected("a second value of " + attribute);
        }
      } else {
        blocks.add(block());
      }
      skipLines();
    }
    take();
    return new HclBlock(type, labels, attributes, blocks);
  }

  HclExpression expression() {
    return new HclExpressionParser(this).expression();
  }

  Token peek() {
    return tokens.get(at);
  }

  Token take() {
    return tokens.get(at++);
  }

  boolean skip(String symbol) {
    if (peek().is(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  void expect(String symbol) {
    if (!skip(symbol)) {
      throw unexpected("no " + symbol);
    }
  }

  String name() {
    if (peek().kind() != Kind.NAME) {
      throw unexpected("no name");
    }
    return take().text();
  }

  void skipLines() {
    while (peek().kind() == Kind.NEWLINE) {
      at++;
    }
  }

  IllegalArgumentException unexpected(String what) {
    return new IllegalArgumentException(
        "line " + peek().line() + ": " + what + " at '" + peek().text() + "'");
  }
}
