// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.expire;

import io.dynavault.core.delete.Protection;
import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPoint;
import io.dynavault.core.vault.TestingPoints;
import java.time.Instant;
import java.util.List;

/** Recovery points to decide upon. */
final class Candidates {
  private Candidates() {}

  static ExpireCandidate good(String table, String start) {
    return candidate(TestingPoints.point(table, Instant.parse(start)), Quality.GOOD);
  }

  static ExpireCandidate candidate(
      RecoveryPoint point, Quality quality, Protection... protections) {
    return new ExpireCandidate(
        new CatalogEntry(point, point.endTime()), quality, List.of(protections));
  }
}
