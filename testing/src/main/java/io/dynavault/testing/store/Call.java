// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.store;

import static java.util.Objects.requireNonNull;

/**
 * One call of a store or of DynamoDB.
 *
 * @param number from 1 in the order in which they were begun
 * @param subject key, prefix or table
 */
public record Call(int number, Operation operation, String subject) {
  public Call {
    requireNonNull(operation, "operation is null");
    requireNonNull(subject, "subject is null");
  }
}
