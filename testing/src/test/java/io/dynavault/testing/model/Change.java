// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.model;

import static java.util.Objects.requireNonNull;

import io.dynavault.testing.stream.ScriptedStream.Expiry;
import org.jspecify.annotations.Nullable;

/**
 * What a request does to one item. All are canonical DynamoDB JSON.
 *
 * @param before null if it was not there
 * @param after null if it is not there any more
 */
record Change(String key, @Nullable String before, @Nullable String after, Expiry expiry) {
  Change {
    requireNonNull(key, "key is null");
    requireNonNull(expiry, "expiry is null");
  }
}
