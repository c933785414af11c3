// SPDX-License-Identifier: Apache-2.0
/**
 * A server that speaks as much of DynamoDB's protocol as a backup and a restore need, at next to no
 * cost: pages of Scan are made before the first request, and writes are counted, not stored.
 */
@NullMarked
package io.dynavault.benchmark.stub;

import org.jspecify.annotations.NullMarked;
