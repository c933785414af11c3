// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Calls;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.Pages;
import io.dynavault.aws.awsbackup.plan.AccountState.Origin;
import io.dynavault.core.transport.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupPlan;
import software.amazon.awssdk.services.backup.model.BackupPlanInput;
import software.amazon.awssdk.services.backup.model.GetBackupSelectionResponse;
import software.amazon.awssdk.services.backup.model.ListBackupPlansResponse;
import software.amazon.awssdk.services.backup.model.ListBackupSelectionsResponse;

/** The backup plans of an account and region, and their selections. */
public final class BackupPlans {
  private final BackupClient client;

  public BackupPlans(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /**
   * A plan in a list.
   *
   * @param lastRun when it made a backup, as far as AWS knows
   */
  public record Summary(
      String id, String arn, String name, Optional<Instant> created, Optional<Instant> lastRun) {}

  /** All plans. */
  public List<Summary> list() {
    return Pages.all(
        token ->
            Calls.call(
                "ListBackupPlans",
                "list the backup plans",
                () -> client.listBackupPlans(b -> b.nextToken(token))),
        ListBackupPlansResponse::backupPlansList,
        ListBackupPlansResponse::nextToken,
        plan ->
            new Summary(
                plan.backupPlanId(),
                plan.backupPlanArn(),
                plan.backupPlanName(),
                Optional.ofNullable(plan.creationDate()),
                Optional.ofNullable(plan.lastExecutionDate())));
  }

  BackupPlan get(String id) {
    return Calls.call(
            "GetBackupPlan",
            "read plan '" + id + "'",
            () -> client.getBackupPlan(b -> b.backupPlanId(id)))
        .backupPlan();
  }

  /** Creates a plan and returns its id. */
  String create(BackupPlanInput plan, Map<String, String> tags, String token) {
    return Calls.call(
            "CreateBackupPlan",
            "create plan '" + plan.backupPlanName() + "'",
            () ->
                client.createBackupPlan(
                    b ->
                        b.backupPlan(plan)
                            .backupPlanTags(tags.isEmpty() ? null : tags)
                            .creatorRequestId(token)))
        .backupPlanId();
  }

  void update(String id, BackupPlanInput plan) {
    Calls.call(
        "UpdateBackupPlan",
        "change plan '" + plan.backupPlanName() + "'",
        () -> client.updateBackupPlan(b -> b.backupPlanId(id).backupPlan(plan)));
  }

  /** Deletes a plan with its selections; recovery points stay. */
  public void delete(String id) {
    selectionIdsIfOffered(id).forEach(selection -> deleteSelection(id, selection));
    Calls.call(
        "DeleteBackupPlan",
        "delete plan '" + id + "'",
        () -> client.deleteBackupPlan(b -> b.backupPlanId(id)));
  }

  /** Where an endpoint knows of no selections, none keeps the plan from being deleted. */
  private List<String> selectionIdsIfOffered(String planId) {
    try {
      return selectionIds(planId);
    } catch (RefusedException e) {
      if (e.isNotOffered()) {
        return List.of();
      }
      throw e;
    }
  }

  List<AccountState.Selection> selections(String planId) {
    return selectionIds(planId).stream().map(id -> selection(planId, id)).toList();
  }

  private List<String> selectionIds(String planId) {
    return Pages.all(
        token ->
            Calls.call(
                "ListBackupSelections",
                "list the selections of plan '" + planId + "'",
                () -> client.listBackupSelections(b -> b.backupPlanId(planId).nextToken(token))),
        ListBackupSelectionsResponse::backupSelectionsList,
        ListBackupSelectionsResponse::nextToken,
        selection -> selection.selectionId());
  }

  private AccountState.Selection selection(String planId, String id) {
    GetBackupSelectionResponse answer =
        Calls.call(
            "GetBackupSelection",
            "read selection '" + id + "'",
            () -> client.getBackupSelection(b -> b.backupPlanId(planId).selectionId(id)));
    return new AccountState.Selection(
        id,
        SdkPlans.selection(answer.backupSelection()),
        CreatorToken.isOurs(answer.creatorRequestId()) ? Origin.OURS : Origin.OTHERS);
  }

  void createSelection(String planId, PlanSelection selection, String token) {
    Calls.call(
        "CreateBackupSelection",
        "create selection '" + selection.name() + "'",
        () ->
            client.createBackupSelection(
                b ->
                    b.backupPlanId(planId)
                        .backupSelection(SdkPlans.selection(selection))
                        .creatorRequestId(token)));
  }

  void deleteSelection(String planId, String id) {
    Calls.call(
        "DeleteBackupSelection",
        "delete selection '" + id + "'",
        () -> client.deleteBackupSelection(b -> b.backupPlanId(planId).selectionId(id)));
  }
}
