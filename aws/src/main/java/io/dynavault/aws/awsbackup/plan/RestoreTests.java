// SPDX-License-Identifier: Apache-2.0
package io.dynavault.aws.awsbackup.plan;

import static java.util.Objects.requireNonNull;

import io.dynavault.aws.awsbackup.Calls;
import io.dynavault.aws.awsbackup.CreatorToken;
import io.dynavault.aws.awsbackup.Pages;
import io.dynavault.aws.awsbackup.plan.AccountState.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.ListRestoreTestingPlansResponse;
import software.amazon.awssdk.services.backup.model.ListRestoreTestingSelectionsResponse;
import software.amazon.awssdk.services.backup.model.RestoreTestingPlanForGet;
import software.amazon.awssdk.services.backup.model.RestoreTestingSelectionForGet;

/** The restore testing plans of an account and region, and their selections of tables. */
public final class RestoreTests {
  private static final String DYNAMODB = "DynamoDB";

  private final BackupClient client;

  public RestoreTests(BackupClient client) {
    this.client = requireNonNull(client, "client is null");
  }

  /** All names. */
  public List<String> names() {
    return Pages.all(
        token ->
            Calls.call(
                "ListRestoreTestingPlans",
                "list the restore tests",
                () -> client.listRestoreTestingPlans(b -> b.nextToken(token))),
        ListRestoreTestingPlansResponse::restoreTestingPlans,
        ListRestoreTestingPlansResponse::nextToken,
        plan -> plan.restoreTestingPlanName());
  }

  /** A restore test with its selections of tables. */
  public RestoreTest describe(String name) {
    return get(name).test();
  }

  AccountState.Test get(String name) {
    List<RestoreTest.Selection> selections = new ArrayList<>();
    Map<String, Origin> origins = new HashMap<>();
    for (String selectionName : selectionNames(name)) {
      RestoreTestingSelectionForGet selection =
          Calls.call(
                  "GetRestoreTestingSelection",
                  "read restore test selection '" + selectionName + "'",
                  () ->
                      client.getRestoreTestingSelection(
                          b ->
                              b.restoreTestingPlanName(name)
                                  .restoreTestingSelectionName(selectionName)))
              .restoreTestingSelection();
      selections.add(SdkRestoreTests.selection(selection));
      origins.put(
          selectionName,
          CreatorToken.isOurs(selection.creatorRequestId()) ? Origin.OURS : Origin.OTHERS);
    }
    return new AccountState.Test(SdkRestoreTests.test(source(name), selections), origins);
  }

  private RestoreTestingPlanForGet source(String name) {
    return Calls.call(
            "GetRestoreTestingPlan",
            "read restore test '" + name + "'",
            () -> client.getRestoreTestingPlan(b -> b.restoreTestingPlanName(name)))
        .restoreTestingPlan();
  }

  private List<String> selectionNames(String name) {
    return Pages.all(
            token ->
                Calls.call(
                    "ListRestoreTestingSelections",
                    "list the selections of restore test '" + name + "'",
                    () ->
                        client.listRestoreTestingSelections(
                            b -> b.restoreTestingPlanName(name).nextToken(token))),
            ListRestoreTestingSelectionsResponse::restoreTestingSelections,
            ListRestoreTestingSelectionsResponse::nextToken,
            selection ->
                DYNAMODB.equals(selection.protectedResourceType())
                    ? Optional.of(selection.restoreTestingSelectionName())
                    : Optional.<String>empty())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  void create(RestoreTest test, String token) {
    Calls.call(
        "CreateRestoreTestingPlan",
        "create restore test '" + test.name() + "'",
        () ->
            client.createRestoreTestingPlan(
                b -> b.restoreTestingPlan(SdkRestoreTests.create(test)).creatorRequestId(token)));
  }

  void update(RestoreTest test) {
    List<String> types = source(test.name()).recoveryPointSelection().recoveryPointTypesAsStrings();
    Calls.call(
        "UpdateRestoreTestingPlan",
        "change restore test '" + test.name() + "'",
        () ->
            client.updateRestoreTestingPlan(
                b ->
                    b.restoreTestingPlanName(test.name())
                        .restoreTestingPlan(SdkRestoreTests.update(test, types))));
  }

  /** Deletes a restore test with all its selections. */
  void delete(String name) {
    Pages.all(
            token ->
                Calls.call(
                    "ListRestoreTestingSelections",
                    "list the selections of restore test '" + name + "'",
                    () ->
                        client.listRestoreTestingSelections(
                            b -> b.restoreTestingPlanName(name).nextToken(token))),
            ListRestoreTestingSelectionsResponse::restoreTestingSelections,
            ListRestoreTestingSelectionsResponse::nextToken,
            selection -> selection.restoreTestingSelectionName())
        .forEach(selection -> deleteSelection(name, selection));
    Calls.call(
        "DeleteRestoreTestingPlan",
        "delete restore test '" + name + "'",
        () -> client.deleteRestoreTestingPlan(b -> b.restoreTestingPlanName(name)));
  }

  void createSelection(String test, RestoreTest.Selection selection, String token) {
    Calls.call(
        "CreateRestoreTestingSelection",
        "create restore test selection '" + selection.name() + "'",
        () ->
            client.createRestoreTestingSelection(
                b ->
                    b.restoreTestingPlanName(test)
                        .restoreTestingSelection(SdkRestoreTests.create(selection))
                        .creatorRequestId(token)));
  }

  void updateSelection(String test, RestoreTest.Selection selection) {
    Calls.call(
        "UpdateRestoreTestingSelection",
        "change restore test selection '" + selection.name() + "'",
        () ->
            client.updateRestoreTestingSelection(
                b ->
                    b.restoreTestingPlanName(test)
                        .restoreTestingSelectionName(selection.name())
                        .restoreTestingSelection(SdkRestoreTests.update(selection))));
  }

  void deleteSelection(String test, String selection) {
    Calls.call(
        "DeleteRestoreTestingSelection",
        "delete restore test selection '" + selection + "'",
        () ->
            client.deleteRestoreTestingSelection(
                b -> b.restoreTestingPlanName(test).restoreTestingSelectionName(selection)));
  }
}
