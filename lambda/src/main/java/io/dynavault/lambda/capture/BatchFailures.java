// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.capture;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.lambda.host.Reply;
import java.util.Optional;

/**
 * What an event source mapping with {@code ReportBatchItemFailures} is told (AWS Lambda Developer
 * Guide, "Configuring partial batch response with DynamoDB and Lambda"): it tries again from the
 * record with this number on. An answer of any other form would count as success.
 *
 * @param first sequence number of the first record that is not safe; empty if all are
 */
record BatchFailures(Optional<String> first) implements Reply {
  /** A number that no record has: Lambda takes the whole batch as failed. */
  private static final String WHOLE_BATCH = "";

  BatchFailures {
    requireNonNull(first, "first is null");
  }

  static BatchFailures none() {
    return new BatchFailures(Optional.empty());
  }

  static BatchFailures from(String sequenceNumber) {
    return new BatchFailures(Optional.of(sequenceNumber));
  }

  /** All of a batch of which nothing is known. */
  static BatchFailures whole() {
    return from(WHOLE_BATCH);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = json.putArray("batchItemFailures");
    first.ifPresent(number -> failures.addObject().put("itemIdentifier", number));
    return json;
  }
}
