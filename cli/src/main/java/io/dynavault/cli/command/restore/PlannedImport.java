// SPDX-License-Identifier: Apache-2.0
package io.dynavault.cli.command.restore;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.imports.ImportPlan;
import io.dynavault.aws.imports.ImportRequest;
import io.dynavault.cli.command.OpenContent;
import io.dynavault.core.job.StopSignal;
import io.dynavault.core.restore.RestorePlan;
import io.dynavault.core.restore.RestoreRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A restore by import, ready to be run.
 *
 * @param lost is given when the recovery point is no longer protected from deletion
 * @param request the same restore as this engine would make it
 * @param writing the plan of that
 */
record PlannedImport(
    OpenContent open,
    StopSignal lost,
    RestoreRequest request,
    RestorePlan writing,
    ImportPlan plan) {
  PlannedImport {
    requireNonNull(open, "open is null");
    requireNonNull(lost, "lost is null");
    requireNonNull(request, "request is null");
    requireNonNull(writing, "writing is null");
    requireNonNull(plan, "plan is null");
  }

  String tableName() {
    return plan.tableName();
  }

  boolean isNew() {
    return plan.request().beginning() == ImportRequest.Beginning.NEW;
  }

  BigDecimal cost() {
    return ImportCost.of(plan.request().table(), plan.request().files(), request.content());
  }

  BigDecimal costOfWriting() {
    return RestorePlansView.cost(writing);
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>(writing.notes());
    notes.addAll(plan.notes());
    if (isNew() && cost().compareTo(costOfWriting()) > 0) {
      notes.add("writing the items costs less: leave --via out");
    }
    return notes;
  }
}
