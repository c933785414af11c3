// SPDX-License-Identifier: Apache-2.0
/**
 * DynamoDB in memory, for tests that run the engine thousands of times: the operations that a
 * backup and a restore use, with the paging, the segments and the errors of the service, and
 * nothing else. {@link io.dynavault.testing.dynamodb.DynamoDbContract} is met by it and by DynamoDB
 * Local alike. {@link io.dynavault.testing.dynamodb.FaultyTransport} and {@link
 * io.dynavault.testing.dynamodb.FaultyTables} let its calls go wrong.
 */
@NullMarked
package io.dynavault.testing.dynamodb;

import org.jspecify.annotations.NullMarked;
