// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.AwsVault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.model.BackupPlan;

/**
 * What is in the account of what a document is about.
 *
 * @param plan the plan of the document's name
 * @param selections of that plan
 * @param vaults by name, those that the document manages or its rules use and that exist
 * @param restoreTests those of the document's names
 * @param notes what somebody should know before applying
 */
public record AccountState(
    Optional<Plan> plan,
    List<Selection> selections,
    Map<String, Vault> vaults,
    List<Test> restoreTests,
    List<String> notes) {

  public AccountState {
    requireNonNull(plan, "plan is null");
    selections = List.copyOf(selections);
    vaults = Map.copyOf(vaults);
    restoreTests = List.copyOf(restoreTests);
    notes = List.copyOf(notes);
  }

  /**
   * @param source as the SDK gave it, with what documents do not know
   */
  record Plan(
      String id, String arn, Map<String, String> tags, List<PlanRule> rules, BackupPlan source) {
    Plan {
      tags = Map.copyOf(tags);
      rules = List.copyOf(rules);
    }
  }

  record Selection(String id, PlanSelection selection, Origin origin) {}

  /** Who made something. */
  enum Origin {
    OURS,
    OTHERS
  }

  record Vault(AwsVault vault, PlanVault found) {}

  /**
   * @param origins by name of the selection
   */
  record Test(RestoreTest test, Map<String, Origin> origins) {
    Test {
      origins = Map.copyOf(origins);
    }
  }
}
