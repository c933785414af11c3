// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A request that writes.
 *
 * @param operation such as {@code PutItem}
 * @param body its JSON
 * @param changes what it changes, at most one of each item; none where it leaves all as it is
 */
record WriteRequest(String operation, String body, List<Change> changes) {
  WriteRequest {
    requireNonNull(operation, "operation is null");
    requireNonNull(body, "body is null");
    changes = List.copyOf(changes);
  }
}
