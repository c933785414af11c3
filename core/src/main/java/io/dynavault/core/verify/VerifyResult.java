// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.verify;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a verification found.
 *
 * @param exports all that were looked at, by table and then oldest first
 * @param chains continuous backups that were looked at
 * @param vaultFindings about records that cannot be read, runs, debris and the vault's lock
 * @param repeatedReads objects that looked damaged and were whole when read again: they speak of a
 *     bad connection or bad memory
 */
public record VerifyResult(
    VerifyLevel level,
    List<VerifiedExport> exports,
    List<VerifiedChain> chains,
    List<Finding> vaultFindings,
    long repeatedReads) {
  public VerifyResult {
    requireNonNull(level, "level is null");
    exports = List.copyOf(exports);
    chains = List.copyOf(chains);
    vaultFindings = List.copyOf(vaultFindings);
  }

  /** The same with chains. */
  VerifyResult with(List<VerifiedChain> verified, long repeated) {
    return new VerifyResult(level, exports, verified, vaultFindings, repeated);
  }

  /** Everything that was found: on the vault, export by export, and chain by chain. */
  public List<Finding> findings() {
    return Stream.of(
            vaultFindings.stream(),
            exports.stream().flatMap(export -> export.findings().stream()),
            chains.stream().flatMap(chain -> chain.findings().stream()))
        .flatMap(found -> found)
        .toList();
  }

  /** Whether nothing was found that a restore would fail on. */
  public boolean sound() {
    return count(Finding.Severity.ERROR) == 0;
  }

  public long count(Finding.Severity severity) {
    return findings().stream().filter(finding -> finding.severity() == severity).count();
  }
}
