// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.masking;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.format.item.KeyAttribute;
import io.dynavault.format.item.KeySchema;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules that take data out of items. Each is written in one of these forms:
 *
 * <pre>
 * drop:path                 takes the attribute away
 * hash:path                 puts a keyed hash of the same type in its place
 * replace:path=text         puts a string in its place
 * replace:path={"N":"0"}    puts any value in its place, in DynamoDB JSON
 * </pre>
 *
 * A path names an attribute, entries of maps and elements of lists: {@code address.lines[0]}. In it
 * {@code *} is every attribute or entry and {@code [*]} every element: {@code people[*].email},
 * {@code secrets.*}. Names with other characters than letters, digits, {@code _}, {@code -}, {@code
 * :}, {@code #}, {@code /} and spaces are put in double quotes: {@code "a.b".c}. What an item does
 * not have is not masked.
 */
public final class MaskingRules {
  private final List<MaskingRule> rules;

  private MaskingRules(List<MaskingRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** No rules: items stay as they are. */
  public static MaskingRules none() {
    return new MaskingRules(List.of());
  }

  /**
   * Reads rules, none of which hashes.
   *
   * @throws DynavaultException CONFIG_INVALID if one cannot be read or needs a salt
   */
  public static MaskingRules parse(Collection<String> rules) {
    return parse(rules, Optional.empty());
  }

  /**
   * Reads rules.
   *
   * @param salt one and the same for all tables and runs whose keys are to fit together
   * @throws DynavaultException CONFIG_INVALID if one cannot be read
   */
  public static MaskingRules parse(Collection<String> rules, MaskingSalt salt) {
    return parse(rules, Optional.of(new ValueHash(requireNonNull(salt, "salt is null"))));
  }

  private static MaskingRules parse(Collection<String> rules, Optional<ValueHash> hash) {
    return new MaskingRules(
        rules.stream().map(rule -> new MaskingRuleParser(rule, hash).parse()).toList());
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * The mask for a table with this key.
   *
   * @throws DynavaultException CONFIG_INVALID if a rule drops or replaces a key attribute, which
   *     would make different items one
   */
  public ItemMask forTable(KeySchema schema) {
    Stream.concat(Stream.of(schema.partitionKey()), schema.sortKey().stream())
        .map(KeyAttribute::name)
        .forEach(this::requireKeyKept);
    return new ItemMask(rules);
  }

  private void requireKeyKept(String attribute) {
    for (MaskingRule rule : rules) {
      if (rule.changes(attribute) && !rule.action().keepsKeysApart()) {
        throw new DynavaultException(
            ErrorCode.CONFIG_INVALID,
            "unable to %s the attribute '%s': it is a key of the table"
                .formatted(rule.action().label(), attribute),
            "hash key attributes, so that items stay different ones");
      }
    }
  }
}
