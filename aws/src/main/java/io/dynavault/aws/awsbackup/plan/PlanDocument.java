// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a backup plan shall be: the content of a plan file.
 *
 * @param name of the plan
 * @param tags of the plan, where the document manages them
 * @param rules when backups are made and what becomes of them; one at least
 * @param selections which tables; without one the plan backs nothing up
 * @param vaults that the document manages; rules may name others that exist
 * @param restoreTests that the document manages
 * @param removals what is to be deleted beside what a document says by leaving it out
 */
public record PlanDocument(
    String name,
    Wanted<Map<String, String>> tags,
    List<PlanRule> rules,
    List<PlanSelection> selections,
    List<PlanVault> vaults,
    List<RestoreTest> restoreTests,
    Removals removals) {

  public PlanDocument {
    requireNonNull(name, "name is null");
    requireNonNull(tags, "tags is null");
    rules = List.copyOf(rules);
    selections = List.copyOf(selections);
    vaults = List.copyOf(vaults);
    restoreTests = List.copyOf(restoreTests);
    requireNonNull(removals, "removals is null");
  }

  /**
   * What a document names to be deleted.
   *
   * @param selections of the plan, also those that dynavault did not make
   * @param restoreTests restore testing plans with their selections
   */
  public record Removals(List<String> selections, List<String> restoreTests) {
    /** Nothing. */
    public static final Removals NONE = new Removals(List.of(), List.of());

    public Removals {
      selections = List.copyOf(selections);
      restoreTests = List.copyOf(restoreTests);
    }
  }
}
