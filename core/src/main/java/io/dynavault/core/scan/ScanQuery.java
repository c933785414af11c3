// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.scan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is asked of the server for every page, apart from segment and position.
 *
 * @param consistentRead whether reads see everything written before them, at twice the cost
 * @param filterExpression left to the server; does not lower the cost
 * @param projectionExpression attributes to return; all when empty
 * @param expressionAttributeNames JSON object of {@code #name} to attribute name
 * @param expressionAttributeValues JSON object of {@code :name} to attribute value
 * @param select whether items are returned or only counted; both cost the same
 */
public record ScanQuery(
    String tableName,
    boolean consistentRead,
    Optional<String> filterExpression,
    Optional<String> projectionExpression,
    Optional<String> expressionAttributeNames,
    Optional<String> expressionAttributeValues,
    Select select) {

  /** What is returned of the items. */
  public enum Select {
    ITEMS,
    COUNT
  }

  public ScanQuery {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(filterExpression, "filterExpression is null");
    requireNonNull(projectionExpression, "projectionExpression is null");
    requireNonNull(expressionAttributeNames, "expressionAttributeNames is null");
    requireNonNull(expressionAttributeValues, "expressionAttributeValues is null");
    requireNonNull(select, "select is null");
  }

  /** Returns items. */
  public ScanQuery(
      String tableName,
      boolean consistentRead,
      Optional<String> filterExpression,
      Optional<String> projectionExpression,
      Optional<String> expressionAttributeNames,
      Optional<String> expressionAttributeValues) {
    this(
        tableName,
        consistentRead,
        filterExpression,
        projectionExpression,
        expressionAttributeNames,
        expressionAttributeValues,
        Select.ITEMS);
  }

  /** The whole table, every item as it is. */
  public static ScanQuery all(String tableName, boolean consistentRead) {
    return new ScanQuery(
        tableName,
        consistentRead,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same items, only counted. */
  public ScanQuery counted() {
    return new ScanQuery(
        tableName,
        consistentRead,
        filterExpression,
        Optional.empty(),
        expressionAttributeNames,
        expressionAttributeValues,
        Select.COUNT);
  }

  /** Whether items or attributes are left out. */
  public boolean filtered() {
    return filterExpression.isPresent() || projectionExpression.isPresent();
  }

  /** Bytes that one read capacity unit pays for (DynamoDB Developer Guide, read consistency). */
  public int bytesPerUnit() {
    return consistentRead ? 4096 : 8192;
  }
}
