// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expression;

import io.dynavault.core.error.DynavaultException;
import io.dynavault.format.item.ItemKey;
import io.dynavault.format.item.KeySchema;
import io.dynavault.format.item.Value;
import java.util.List;
import java.util.Optional;

/**
 * Chooses items by their primary key: one item, an item collection, or a range of keys. All demands
 * on the partition key and on the sort key must hold.
 */
public final class KeyCondition {
  private final List<KeyTest> partition;
  private final List<KeyTest> sort;

  KeyCondition(List<KeyTest> partition, List<KeyTest> sort) {
    this.partition = List.copyOf(partition);
    this.sort = List.copyOf(sort);
  }

  /**
   * Reads a condition in one of these forms, where {@code pk} and {@code sk} are the names of the
   * table's key attributes:
   *
   * <pre>
   * pk=a                          the item, or the item collection, with this partition key
   * pk=a,sk=b                     one item
   * pk=a,sk&gt;=b,sk&lt;c              a range; operators = &lt; &lt;= &gt; &gt;=
   * pk=a,sk between b and c       a range with both ends
   * pk begins_with a              a prefix of a string or binary key
   * pk='a,b',sk="it's"            quoted: for commas, spaces at the ends; double a quote inside
   * {"pk":{"S":"a,b"}}            DynamoDB JSON: equal to these values
   * </pre>
   *
   * Numbers are written as such, binary values in Base64.
   *
   * @throws DynavaultException FILTER_INVALID if it is none of them or does not fit the schema
   */
  public static KeyCondition parse(String text, KeySchema schema) {
    return text.stripLeading().startsWith("{")
        ? KeyConditionJson.parse(text, schema)
        : new KeyConditionParser(text, schema).parse();
  }

  /** Whether the condition chooses the item with this key. */
  public boolean matches(ItemKey key) {
    return holds(partition, key.partition())
        && (sort.isEmpty() || (key.sort().isPresent() && holds(sort, key.sort().get())));
  }

  private static boolean holds(List<KeyTest> tests, Value value) {
    for (KeyTest test : tests) {
      if (!test.holds(value)) {
        return false;
      }
    }
    return true;
  }

  /** The value that the partition key must equal, if that is all that is demanded of it. */
  Optional<Value> onlyPartition() {
    return onlyValue(partition);
  }

  /** The value that the sort key must equal, if that is all that is demanded of it. */
  Optional<Value> onlySort() {
    return onlyValue(sort);
  }

  boolean hasSort() {
    return !sort.isEmpty();
  }

  private static Optional<Value> onlyValue(List<KeyTest> tests) {
    return tests.size() == 1
            && tests.get(0) instanceof KeyTest.Compare compare
            && compare.operator() == ComparisonOperator.EQUAL
        ? Optional.of(compare.operand())
        : Optional.empty();
  }
}
