// SPDX-License-Identifier: Apache-2.0
package io.dynavault.benchmark.data;

import static java.util.Objects.requireNonNull;

/**
 * A page of Scan, but for its end, which depends on the request.
 *
 * @param items how many it holds
 * @param itemBytes their size as DynamoDB counts it
 * @param jsonBytes bytes of their JSON
 * @param body the answer up to the end of {@code Items}
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and large
public record Page(int items, long itemBytes, long jsonBytes, byte[] body) {
  public Page {
    requireNonNull(body, "body is null");
  }
}
