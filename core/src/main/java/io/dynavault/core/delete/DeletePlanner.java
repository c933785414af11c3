// SPDX-License-Identifier: Apache-2.0
package io.dynavault.core.delete;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.vault.CatalogEntry;
import io.dynavault.core.vault.Vault;
import java.util.List;

/** Finds out what a deletion would do, without doing it. */
public final class DeletePlanner {
  private final Vault vault;

  public DeletePlanner(Vault vault) {
    this.vault = requireNonNull(vault, "vault is null");
  }

  public DeletePlan plan(List<CatalogEntry> entries) throws InterruptedException {
    Protections protections = Protections.of(vault);
    return new DeletePlan(
        entries.stream().map(entry -> new DeletePlan.Step(entry, protections.of(entry))).toList());
  }
}
