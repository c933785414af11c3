// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The last moment that several tables can be restored to.
 *
 * @param limitedBy name of the table that cannot be restored to a later one
 */
public record CommonMoment(Instant moment, String limitedBy) {
  public CommonMoment {
    requireNonNull(moment, "moment is null");
    requireNonNull(limitedBy, "limitedBy is null");
  }
}
