// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.history;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.expression.ItemSelection;
import java.time.Instant;
import java.util.Optional;

/**
 * Which changes are looked for.
 *
 * @param from not those before this time; empty for the beginning of all chains
 * @param to not those at this time or after it; empty for the end
 * @param selection its keys choose items; its filter changes whose item matches before or after
 * @param images what is wanted of them
 */
public record ChangeQuery(
    Optional<Instant> from, Optional<Instant> to, ItemSelection selection, Images images) {
  /** What of a change is handed out beside its key, time and event. */
  public enum Images {
    NONE,
    BOTH
  }

  public ChangeQuery {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(selection, "selection is null");
    requireNonNull(images, "images is null");
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw new IllegalArgumentException("to is before from");
    }
  }
}
