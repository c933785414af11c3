// SPDX-License-Identifier: Apache-2.0
package io.dynavault.format.change;

import static java.util.Objects.requireNonNull;

/**
 * What is known of a change file once it has been written.
 *
 * @param rawBytes bytes of the lines before compression
 * @param storedBytes bytes of the file as stored
 * @param sha256 lower-case hex of the SHA-256 of the stored bytes
 */
public record ChangeFileSummary(ChangeTally tally, long rawBytes, long storedBytes, String sha256) {
  public ChangeFileSummary {
    requireNonNull(tally, "tally is null");
    requireNonNull(sha256, "sha256 is null");
  }
}
