// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.capture;

import static java.util.Objects.requireNonNull;

/**
 * The stream of a table that is switched on.
 *
 * @param view what its records hold, such as {@code NEW_AND_OLD_IMAGES}
 */
public record TableStream(String arn, String view) {
  private static final String BOTH_IMAGES = "NEW_AND_OLD_IMAGES";

  public TableStream {
    requireNonNull(arn, "arn is null");
    requireNonNull(view, "view is null");
  }

  /** Whether its records say what an item was before a change and what it is since. */
  public boolean hasBothImages() {
    return view.equals(BOTH_IMAGES);
  }
}
