// SPDX-License-Identifier: Apache-2.0
package io.dynavault.lambda.backup;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.Vault;
import java.util.Map;
import java.util.Optional;

/** The tag of a recovery point by which a request that comes again finds what was made for it. */
record RequestTag(String requestId) {
  private static final String NAME = "dynavault:request";

  RequestTag {
    requireNonNull(requestId, "requestId is null");
  }

  Map<String, String> asTags() {
    return Map.of(NAME, requestId);
  }

  boolean isOn(RecoveryPoint point) {
    return requestId.equals(point.tags().get(NAME));
  }

  /** What was made of a table for the request. */
  Optional<RecoveryPoint> find(Vault vault, String tableName) {
    return vault.catalog().list(tableName).entries().stream()
        .map(CatalogEntry::point)
        .filter(this::isOn)
        .findFirst();
  }
}
