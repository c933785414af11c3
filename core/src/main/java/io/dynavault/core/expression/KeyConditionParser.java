// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.ScalarType;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads key conditions such as {@code pk=a,sk>=b}. Names are found by the schema, so that key
 * attributes may have any name; values end at a comma unless they are quoted.
 */
final class KeyConditionParser {
  private static final Pattern SIGN = Pattern.compile("\\s*(<=|>=|<(?!>)|>|=)");
  private static final Pattern BETWEEN = word("between");
  private static final Pattern BEGINS_WITH = word("begins_with");
  private static final Pattern AND = word("and");
  private static final Pattern COMMA = Pattern.compile(",");

  private final String text;
  private final KeySchema schema;
  private final List<KeyAttribute> longestNameFirst;
  private final List<KeyTest> partition = new ArrayList<>();
  private final List<KeyTest> sort = new ArrayList<>();
  private int next;

  KeyConditionParser(String text, KeySchema schema) {
    this.text = text;
    this.schema = schema;
    this.longestNameFirst =
        Stream.concat(Stream.of(schema.partitionKey()), schema.sortKey().stream())
            .sorted(Comparator.comparing((KeyAttribute key) -> key.name().length()).reversed())
            .toList();
  }

  KeyCondition parse() {
    do {
      KeyAttribute attribute = attribute();
      KeyTest test = test(attribute);
      (attribute.equals(schema.partitionKey()) ? partition : sort).add(test);
    } while (hasMore());
    return new KeyCondition(partition, sort);
  }

  private KeyAttribute attribute() {
    skipSpaces();
    for (KeyAttribute attribute : longestNameFirst) {
      int end = next + attribute.name().length();
      if (text.startsWith(attribute.name(), next) && operatorFollows(end)) {
        next = end;
        return attribute;
      }
    }
    throw fault(
        "expected one of the key attributes %s and an operator"
            .formatted(longestNameFirst.stream().map(key -> "'" + key.name() + "'").toList()));
  }

  private boolean operatorFollows(int position) {
    return Stream.of(SIGN, BETWEEN, BEGINS_WITH)
        .anyMatch(operator -> matcher(operator, position).lookingAt());
  }

  private KeyTest test(KeyAttribute attribute) {
    if (accept(BETWEEN)) {
      return between(attribute);
    }
    if (accept(BEGINS_WITH)) {
      if (attribute.type() == ScalarType.N) {
        throw fault("begins_with cannot be applied to the number '" + attribute.name() + "'");
      }
      return new KeyTest.BeginsWith(value(attribute));
    }
    Matcher sign = matcher(SIGN, next);
    if (!sign.lookingAt()) {
      throw fault("expected an operator");
    }
    next = sign.end();
    ComparisonOperator operator = ComparisonOperator.of(sign.group(1)).orElseThrow();
    return new KeyTest.Compare(operator, value(attribute));
  }

  private KeyTest between(KeyAttribute attribute) {
    Value lower = KeyText.value(attribute, quotedOrUntil(AND));
    if (!accept(AND)) {
      throw fault("'between' needs two values with 'and' between them");
    }
    Value upper = value(attribute);
    OptionalInt order = ValueComparison.compare(lower, upper);
    if (order.isPresent() && order.getAsInt() > 0) {
      throw fault("the lower bound of 'between' is above the upper");
    }
    return new KeyTest.Between(lower, upper);
  }

  private Value value(KeyAttribute attribute) {
    return KeyText.value(attribute, quotedOrUntil(COMMA));
  }

  /** A value's text: in quotes, or else all up to what ends it, without spaces around. */
  private String quotedOrUntil(Pattern end) {
    skipSpaces();
    if (next < text.length() && (text.charAt(next) == '\'' || text.charAt(next) == '"')) {
      return quoted(text.charAt(next));
    }
    Matcher matcher = matcher(end, next);
    int to = matcher.find() ? matcher.start() : text.length();
    String value = text.substring(next, to).strip();
    next = to;
    return value;
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (next++; next < text.length(); next++) {
      char c = text.charAt(next);
      if (c == quote) {
        next++;
        if (next == text.length() || text.charAt(next) != quote) {
          return value.toString();
        }
      }
      value.append(c);
    }
    throw fault("a quote is not closed");
  }

  /** Whether a comma and so another demand follows. */
  private boolean hasMore() {
    skipSpaces();
    if (next == text.length()) {
      return false;
    }
    if (text.charAt(next) != ',') {
      throw fault("expected a comma");
    }
    next++;
    return true;
  }

  private boolean accept(Pattern pattern) {
    Matcher matcher = matcher(pattern, next);
    if (!matcher.lookingAt()) {
      return false;
    }
    next = matcher.end();
    return true;
  }

  private Matcher matcher(Pattern pattern, int from) {
    return pattern.matcher(text).region(from, text.length());
  }

  private void skipSpaces() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  private DynavaultException fault(String reason) {
    return KeyText.fault(reason + " at character " + (next + 1));
  }

  private static Pattern word(String word) {
    return Pattern.compile("\\s+" + word + "\\s+", Pattern.CASE_INSENSITIVE);
  }
}
