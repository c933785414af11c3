// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.pitr;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ChangeFile;

/**
 * A change file that leads from a base to a moment.
 *
 * @param undoes whether the base may have seen its changes, so that those after the moment are
 *     taken back, and those that the base has by their time are not repeated
 */
record NeededFile(ChangeFile file, boolean undoes) {
  NeededFile {
    requireNonNull(file, "file is null");
  }
}
