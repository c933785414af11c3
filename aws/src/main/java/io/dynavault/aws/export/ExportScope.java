// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.export;

import static java.util.Objects.requireNonNull;

import io.dynavault.format.export.ExportView;
import java.time.Instant;

/** What of a table is exported. */
public sealed interface ExportScope {

  /** All items, as they are now. */
  record Now() implements ExportScope {}

  /** All items, as they were at a moment within the table's recovery period. */
  record At(Instant time) implements ExportScope {
    public At {
      requireNonNull(time, "time is null");
    }
  }

  /**
   * The changes since the last export of the table in the vault.
   *
   * @param view which images of a changed item are exported; {@code NEW_IMAGE} is enough for
   *     restoring
   */
  record Changes(ExportView view) implements ExportScope {
    public Changes {
      requireNonNull(view, "view is null");
    }
  }
}
