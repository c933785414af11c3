// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.table;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Encryption at rest of a table (AWS: SSESpecification).
 *
 * @param sseType {@code KMS}; empty for the key owned by DynamoDB
 * @param kmsMasterKey id, ARN or alias of a customer managed key; empty for the one that AWS
 *     manages
 */
public record Encryption(Optional<String> sseType, Optional<String> kmsMasterKey) {
  public Encryption {
    requireNonNull(sseType, "sseType is null");
    requireNonNull(kmsMasterKey, "kmsMasterKey is null");
  }

  /** The key owned by DynamoDB, which costs nothing. */
  public static Encryption ownedByDynamoDb() {
    return new Encryption(Optional.empty(), Optional.empty());
  }

  /** The key {@code alias/aws/dynamodb} of the account. */
  public static Encryption managedByAws() {
    return new Encryption(Optional.of("KMS"), Optional.empty());
  }

  /** A key of the customer. */
  public static Encryption customerKey(String kmsMasterKey) {
    return new Encryption(Optional.of("KMS"), Optional.of(kmsMasterKey));
  }
}
