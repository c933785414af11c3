// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.plan;

import io.dynavault.cli.command.CommandTraits;
import picocli.CommandLine.Command;

/** Groups the commands on backup plans. */
@Command(
    name = "plan",
    description = {
      "Applies, compares and exports backup plans as documents.",
      "A document is one YAML file with the plan's rules and selections, its vaults and its restore"
          + " tests: see docs/reference/plan-document.md."
    },
    subcommands = {
      PlanDiffCommand.class,
      PlanApplyCommand.class,
      PlanExportCommand.class,
      PlanListCommand.class,
      PlanDeleteCommand.class
    })
@CommandTraits(
    examples = {"dynavault plan diff plan.yaml", "dynavault plan apply plan.yaml --confirm"})
public final class PlanCommand {}
