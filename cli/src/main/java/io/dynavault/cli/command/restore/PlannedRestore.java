// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.cli.command.OpenContent;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestoreRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A restore that was planned and not yet begun.
 *
 * @param open what it reads, open and protected
 * @param lost given when that is no longer protected: this restore must stop, others need not
 * @param moment of which the table will be, where it is to be that of a moment
 * @param notes what the command adds to those of the plan
 */
record PlannedRestore(
    OpenContent open,
    StopSignal lost,
    RestoreRequest request,
    RestorePlan plan,
    Optional<PlannedMoment> moment,
    List<String> notes) {
  PlannedRestore {
    requireNonNull(open, "open is null");
    requireNonNull(lost, "lost is null");
    requireNonNull(request, "request is null");
    requireNonNull(plan, "plan is null");
    requireNonNull(moment, "moment is null");
    notes = List.copyOf(notes);
  }

  /** Name of the table that is restored to. */
  String tableName() {
    return request.target().table().tableName();
  }

  /** The option by which a run that goes on with this one means the same moment. */
  String sameMoment() {
    return moment.map(planned -> " --to-time " + planned.plan().moment()).orElse("");
  }

  /** The notes of the plan and of the command. */
  List<String> allNotes() {
    List<String> all = new ArrayList<>(plan.notes());
    all.addAll(notes);
    return all;
  }

  /** What a plan says in addition: how far its figures can be trusted. */
  List<String> planNotes() {
    List<String> all = allNotes();
    if (!request.options().selection().isEverything()) {
      all.add("items are chosen while they are read: the figures are those of all items");
    }
    return all;
  }
}
