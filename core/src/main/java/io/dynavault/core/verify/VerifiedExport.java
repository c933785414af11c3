// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPoint;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found out about one export.
 *
 * @param folder key of its folder
 * @param recoveryPoint its record, where it has one
 * @param dataFiles data files that it consists of
 * @param filesRead data files that were read: none at level STRUCTURE, fewer in a sample
 * @param bytesRead stored bytes of them
 * @param items items in them, at level DATA
 */
public record VerifiedExport(
    String folder,
    Optional<RecoveryPoint> recoveryPoint,
    long dataFiles,
    long filesRead,
    long bytesRead,
    long items,
    List<Finding> findings) {
  public VerifiedExport {
    requireNonNull(folder, "folder is null");
    requireNonNull(recoveryPoint, "recoveryPoint is null");
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found that a restore would fail on. */
  public boolean sound() {
    return findings.stream().noneMatch(Finding::isError);
  }
}
