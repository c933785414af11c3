// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Restore testing plans of AWS Backup and their selections. */
final class AwsBackupTestingArea implements ServiceArea {
  private static final String PLANS = "/restore-testing/plans";
  private static final String PLAN = PLANS + "/{RestoreTestingPlanName}";
  private static final String SELECTIONS = PLAN + "/selections";
  private static final String SELECTION = SELECTIONS + "/{RestoreTestingSelectionName}";

  private final AwsBackupState state;
  private final Map<String, Plan> plans = new TreeMap<>();

  AwsBackupTestingArea(AwsBackupState state) {
    this.state = requireNonNull(state, "state is null");
  }

  private record Plan(ObjectNode description, Map<String, ObjectNode> selections) {}

  @Override
  public void register(Operations operations) {
    operations.rest("PUT", PLANS, "CreateRestoreTestingPlan", this::create);
    operations.rest("GET", PLANS, "ListRestoreTestingPlans", this::list);
    operations.rest("GET", PLAN, "GetRestoreTestingPlan", this::get);
    operations.rest("PUT", PLAN, "UpdateRestoreTestingPlan", this::update);
    operations.rest("DELETE", PLAN, "DeleteRestoreTestingPlan", this::delete);
    operations.rest("PUT", SELECTIONS, "CreateRestoreTestingSelection", this::createSelection);
    operations.rest("GET", SELECTIONS, "ListRestoreTestingSelections", this::selections);
    operations.rest("GET", SELECTION, "GetRestoreTestingSelection", this::getSelection);
    operations.rest("PUT", SELECTION, "UpdateRestoreTestingSelection", this::updateSelection);
    operations.rest("DELETE", SELECTION, "DeleteRestoreTestingSelection", this::deleteSelection);
  }

  private JsonNode create(StubRequest request) {
    ObjectNode plan = request.members().path("RestoreTestingPlan").deepCopy();
    String name = plan.path("RestoreTestingPlanName").asText();
    if (!name.matches("[A-Za-z0-9_]{1,50}")) {
      throw AwsBackupState.invalid("Invalid restore testing plan name: " + name);
    }
    if (plans.containsKey(name)) {
      throw AwsBackupState.exists("Restore testing plan " + name + " already exists");
    }
    plan.put(
        "RestoreTestingPlanArn",
        AwsBackupState.arn(request, "restore-testing-plan:" + name + "-" + state.uuid()));
    request.text("CreatorRequestId").ifPresent(token -> plan.put("CreatorRequestId", token));
    state.time(plan, "CreationTime", state.now());
    plans.put(name, new Plan(plan, new TreeMap<>()));
    return plan;
  }

  private JsonNode list(StubRequest request) {
    return state.page(
        request,
        "RestoreTestingPlans",
        plans.values().stream().map(Plan::description).toList(),
        "NextToken",
        "MaxResults");
  }

  private JsonNode get(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("RestoreTestingPlan", plan(request).description());
    return answer;
  }

  private JsonNode update(StubRequest request) {
    ObjectNode plan = plan(request).description();
    request
        .members()
        .path("RestoreTestingPlan")
        .properties()
        .forEach(member -> plan.set(member.getKey(), member.getValue()));
    state.time(plan, "LastUpdateTime", state.now());
    return plan;
  }

  private JsonNode delete(StubRequest request) {
    if (!plan(request).selections().isEmpty()) {
      throw AwsBackupState.refused("The restore testing plan has selections");
    }
    plans.remove(request.required("RestoreTestingPlanName"));
    return NullNode.getInstance();
  }

  private JsonNode createSelection(StubRequest request) {
    Plan plan = plan(request);
    ObjectNode selection = request.members().path("RestoreTestingSelection").deepCopy();
    String name = selection.path("RestoreTestingSelectionName").asText();
    if (plan.selections().containsKey(name)) {
      throw AwsBackupState.exists("Restore testing selection " + name + " already exists");
    }
    selection.put("RestoreTestingPlanName", request.required("RestoreTestingPlanName"));
    request.text("CreatorRequestId").ifPresent(token -> selection.put("CreatorRequestId", token));
    state.time(selection, "CreationTime", state.now());
    plan.selections().put(name, selection);
    return selection;
  }

  private JsonNode selections(StubRequest request) {
    return state.page(
        request,
        "RestoreTestingSelections",
        plan(request).selections().values(),
        "NextToken",
        "MaxResults");
  }

  private JsonNode getSelection(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.set("RestoreTestingSelection", selection(request));
    return answer;
  }

  private JsonNode updateSelection(StubRequest request) {
    ObjectNode selection = selection(request);
    request
        .members()
        .path("RestoreTestingSelection")
        .properties()
        .forEach(member -> selection.set(member.getKey(), member.getValue()));
    return selection;
  }

  private JsonNode deleteSelection(StubRequest request) {
    selection(request);
    plan(request).selections().remove(request.required("RestoreTestingSelectionName"));
    return NullNode.getInstance();
  }

  private ObjectNode selection(StubRequest request) {
    String name = request.required("RestoreTestingSelectionName");
    return Optional.ofNullable(plan(request).selections().get(name))
        .orElseThrow(
            () -> AwsBackupState.notFound("Restore testing selection " + name + " not found"));
  }

  private Plan plan(StubRequest request) {
    String name = request.required("RestoreTestingPlanName");
    return Optional.ofNullable(plans.get(name))
        .orElseThrow(() -> AwsBackupState.notFound("Restore testing plan " + name + " not found"));
  }
}
