// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.RecoveryPointId;
import io.dynavault.core.vault.Vault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out what a deletion would do, without doing it. */
public final class DeletePlanner {
  private final Vault vault;
  private final BaseRule bases;

  public DeletePlanner(Vault vault) {
    this(vault, BaseRule.KEEP);
  }

  public DeletePlanner(Vault vault, BaseRule bases) {
    this.vault = requireNonNull(vault, "vault is null");
    this.bases = requireNonNull(bases, "bases is null");
  }

  /**
   * The deletion of these recovery points, in an order in which what builds on another goes first.
   * One that is needed by others is refused, unless they are to be deleted too and can be.
   */
  public DeletePlan plan(List<CatalogEntry> entries) throws InterruptedException {
    Protections protections = Protections.of(vault);
    Dependents dependents = new Dependents(vault.catalog());
    Set<RecoveryPointId> deleted = new HashSet<>();
    List<DeletePlan.Step> steps = new ArrayList<>();
    for (CatalogEntry entry : dependents.inOrder(entries)) {
      List<Protection> reasons = new ArrayList<>(protections.of(entry));
      List<CatalogEntry> staying =
          dependents.of(entry).stream().filter(other -> !deleted.contains(other.id())).toList();
      Dependents.protection(staying).ifPresent(reasons::add);
      bases.protection(vault, entry).ifPresent(reasons::add);
      if (reasons.isEmpty()) {
        deleted.add(entry.id());
      }
      steps.add(new DeletePlan.Step(entry, reasons));
    }
    return new DeletePlan(steps);
  }
}
