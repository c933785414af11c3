// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.FormatException;
import io.dynavault.format.item.DynamoDbJson;
import io.dynavault.format.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one masking rule. */
final class MaskingRuleParser {
  private static final Pattern ACTION = Pattern.compile("\\s*(drop|hash|replace)\\s*:\\s*");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_:#/ -]+");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]|\"\")+)\"");
  private static final Pattern ANY_ENTRY = Pattern.compile("\\*");
  private static final Pattern ELEMENT = Pattern.compile("\\[(\\*|[0-9]{1,6})]");
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern EQUALS = Pattern.compile("\\s*=\\s*");

  private final String rule;
  private final Optional<ValueHash> hash;
  private final Matcher matcher;
  private int next;

  MaskingRuleParser(String rule, Optional<ValueHash> hash) {
    this.rule = rule.strip();
    this.hash = hash;
    this.matcher = ACTION.matcher(this.rule);
  }

  MaskingRule parse() {
    if (!accept(ACTION)) {
      throw invalid("it does not begin with drop:, hash: or replace:");
    }
    String action = matcher.group(1);
    List<PathStep> path = path();
    return switch (action) {
      case "drop" -> new MaskingRule(path, atEnd(new MaskAction.Drop()));
      case "hash" -> new MaskingRule(path, atEnd(new MaskAction.Hash(requireHash())));
      default -> new MaskingRule(path, new MaskAction.Replace(replacement()));
    };
  }

  private List<PathStep> path() {
    List<PathStep> path = new ArrayList<>();
    do {
      path.add(entry());
      while (accept(ELEMENT)) {
        path.add(element(matcher.group(1)));
      }
    } while (accept(DOT));
    return path;
  }

  private PathStep entry() {
    if (accept(ANY_ENTRY)) {
      return new PathStep.AnyEntry();
    }
    if (accept(QUOTED)) {
      return new PathStep.Entry(matcher.group(1).replace("\"\"", "\""));
    }
    if (accept(NAME)) {
      return new PathStep.Entry(matcher.group().strip());
    }
    throw invalid("a name is missing at character " + (next + 1));
  }

  private static PathStep element(String index) {
    return index.equals("*")
        ? new PathStep.AnyElement()
        : new PathStep.Element(Integer.parseInt(index));
  }

  private MaskAction atEnd(MaskAction action) {
    if (next < rule.length()) {
      throw invalid("unexpected text at character " + (next + 1));
    }
    return action;
  }

  private ValueHash requireHash() {
    return hash.orElseThrow(
        () ->
            invalid(
                "hashing needs a masking salt",
                "set DYNAVAULT_MASKING_SALT or --masking-salt-file: a secret of 16 bytes or more,"
                    + " the same for all tables"));
  }

  private Value replacement() {
    if (!accept(EQUALS)) {
      throw invalid("'=' is missing at character " + (next + 1));
    }
    String text = rule.substring(next);
    if (!text.startsWith("{")) {
      return new Value.S(text);
    }
    try {
      return DynamoDbJson.decodeValue(text.getBytes(UTF_8));
    } catch (FormatException e) {
      throw invalid("the value is not DynamoDB JSON: " + e.getMessage());
    }
  }

  private boolean accept(Pattern pattern) {
    matcher.usePattern(pattern).region(next, rule.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    next = matcher.end();
    return true;
  }

  private DynavaultException invalid(String reason) {
    return invalid(
        reason,
        "write rules as drop:path, hash:path or replace:path=value, such as hash:people[*].email");
  }

  /** Names the rule without a replacement's value. */
  private DynavaultException invalid(String reason, String hint) {
    int end = rule.indexOf('=');
    return new DynavaultException(
        ErrorCode.CONFIG_INVALID,
        "unable to read the masking rule '%s': %s"
            .formatted(end < 0 ? rule : rule.substring(0, end), reason),
        hint);
  }
}
