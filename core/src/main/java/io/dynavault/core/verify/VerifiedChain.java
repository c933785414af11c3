// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.RecoveryPointId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found out about one chain of a continuous backup.
 *
 * @param files change files that its commits name
 * @param filesRead change files that were read: none at level STRUCTURE, fewer in a sample
 * @param bytesRead stored bytes of them
 * @param changes in all of its files, as its commits count them
 * @param completeTo up to when it has all changes, where it has a commit
 */
public record VerifiedChain(
    String tableName,
    RecoveryPointId id,
    long commits,
    long files,
    long filesRead,
    long bytesRead,
    long changes,
    Optional<Instant> completeTo,
    List<Finding> findings) {
  public VerifiedChain {
    requireNonNull(tableName, "tableName is null");
    requireNonNull(id, "id is null");
    requireNonNull(completeTo, "completeTo is null");
    findings = List.copyOf(findings);
  }

  /** Whether nothing was found that a restore would fail on. */
  public boolean sound() {
    return findings.stream().noneMatch(Finding::isError);
  }
}
