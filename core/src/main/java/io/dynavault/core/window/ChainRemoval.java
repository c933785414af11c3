// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.window;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.continuous.ContinuousBackups;
import io.dynavault.core.delete.Protections;
import io.dynavault.core.error.DynavaultException;
import io.dynavault.core.error.ErrorCode;
import io.dynavault.core.lease.Lease;
import io.dynavault.core.lease.LeaseName;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes all chains of a table that is not captured any more, as somebody has asked: what is
 * locked, held or read stays. Its bases stay, as plain recovery points.
 */
public final class ChainRemoval {
  private final Vault vault;

  public ChainRemoval(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
  }

  /**
   * What a removal would do, chain by chain, oldest first; one of {@link
   * ChainDecision.Extent#WHOLE} would go.
   */
  public List<ChainDecision> plan(String tableName) throws InterruptedException {
    WindowSurvey survey = new WindowSurvey(vault, Protections.of(vault));
    List<ChainDecision> decisions = new ArrayList<>();
    ContinuousBackups backups = new ContinuousBackups(vault.store());
    for (RecoveryPointId id : backups.ids(tableName)) {
      backups.find(tableName, id).map(survey::planRemoval).ifPresent(decisions::add);
    }
    return decisions;
  }

  /**
   * Removes them.
   *
   * @return what has gone
   * @throws DynavaultException {@code LEASE_HELD} where the table is captured, {@code LOCKED} where
   *     something keeps a chain: then nothing has gone, {@code DAMAGED} where one cannot be read
   */
  public List<ChainDecision> run(String tableName) throws InterruptedException {
    try (Lease lease = vault.leases().acquire(LeaseName.continuous(tableName), Duration.ZERO)) {
      List<ChainDecision> decisions = plan(tableName);
      for (ChainDecision decision : decisions) {
        if (!decision.removes()) {
          throw kept(decision);
        }
      }
      for (ChainDecision decision : decisions) {
        lease.verify();
        new WindowRun(vault).run(decision);
      }
      return decisions;
    }
  }

  private static DynavaultException kept(ChainDecision decision) {
    return new DynavaultException(
        ErrorCode.LOCKED,
        "unable to delete the continuous backup of table '%s': chain '%s' stays: %s"
            .formatted(decision.tableName(), decision.chain(), decision.reason()),
        "see what protects it with: dynavault vault describe, dynavault list");
  }
}
