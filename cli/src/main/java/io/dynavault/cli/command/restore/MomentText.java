// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.cli.output.Counts;
import io.dynavault.cli.output.Json;
import io.dynavault.core.pitr.MomentPlan;
import io.dynavault.core.pitr.RecoveryWindow;

/** How a table at a moment is made, for people and programs. */
final class MomentText {
  private MomentText() {}

  static String line(PlannedMoment planned) {
    MomentPlan plan = planned.plan();
    RecoveryWindow window = plan.window();
    return "as it was at %s, from recovery point %s and %s in %s; %s"
        .formatted(
            plan.moment(),
            plan.base().id(),
            Counts.of(plan.changes(), "change"),
            Counts.of(plan.changeFiles(), "file"),
            window.chain().isPresent()
                ? "restorable from %s to %s".formatted(window.earliest(), window.latest())
                : "where an export ends");
  }

  static ObjectNode json(PlannedMoment planned) {
    MomentPlan plan = planned.plan();
    ObjectNode json =
        Json.object()
            .put("time", plan.moment().toString())
            .put("baseRecoveryPointId", plan.base().id().value())
            .put("changes", plan.changes())
            .put("changeFiles", plan.changeFiles())
            .put("earliestRestorable", plan.window().earliest().toString())
            .put("latestRestorable", plan.window().latest().toString());
    plan.window().chain().ifPresent(chain -> json.put("chain", chain.value()));
    planned.common().ifPresent(common -> json.put("limitedBy", common.limitedBy()));
    return json;
  }
}
