// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.vault;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.export.ExportView;
import java.time.Instant;

/**
 * The time whose changes an incremental export holds: windows that meet have no gap and no change
 * twice.
 *
 * @param from inclusive
 * @param to exclusive
 * @param view which images of a changed item it holds
 */
public record ExportWindow(Instant from, Instant to, ExportView view) {
  public ExportWindow {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    requireNonNull(view, "view is null");
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("the window ends before it begins: " + from + ", " + to);
    }
  }
}
