// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.core.pitr.CommonMoment;
import io.dynavault.core.pitr.MomentPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moment that a table is restored to.
 *
 * @param common where it is the last one that several tables can be restored to
 */
record PlannedMoment(MomentPlan plan, Optional<CommonMoment> common) {
  PlannedMoment {
    requireNonNull(plan, "plan is null");
    requireNonNull(common, "common is null");
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>(plan.notes());
    common.ifPresent(
        moment ->
            notes.add(
                "%s is the last moment that all of the tables can be restored to, because of table '%s'"
                    .formatted(moment.moment(), moment.limitedBy())));
    return notes;
  }
}
