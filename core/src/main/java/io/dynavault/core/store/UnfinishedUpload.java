// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An upload that was begun and has not ended: still being written, or what a killed process left.
 *
 * @param id names it within its store
 * @param key the key it was going to have, where the store knows it
 * @param lastActive time of its last write, or of its start where the store knows no more
 */
public record UnfinishedUpload(String id, Optional<String> key, Instant lastActive) {
  public UnfinishedUpload {
    requireNonNull(id, "id is null");
    requireNonNull(key, "key is null");
    requireNonNull(lastActive, "lastActive is null");
  }
}
