// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Backup plans of AWS Backup and their selections. */
final class AwsBackupPlansArea implements ServiceArea {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-_.]{1,50}");
  private static final String PLAN = "/backup/plans/{backupPlanId}";
  private static final String SELECTIONS = PLAN + "/selections";
  private static final int MAX_RULES = 10;
  private static final int LEAST_WINDOW = 60;

  private final AwsBackupState state;
  private final Map<String, Plan> plans = new LinkedHashMap<>();

  AwsBackupPlansArea(AwsBackupState state) {
    this.state = requireNonNull(state, "state is null");
  }

  private static final class Plan {
    final ObjectNode head;
    final Map<String, ObjectNode> selections = new LinkedHashMap<>();
    ObjectNode document;

    Plan(ObjectNode head, ObjectNode document) {
      this.head = head;
      this.document = document;
    }
  }

  @Override
  public void register(Operations operations) {
    operations.rest("PUT", "/backup/plans", "CreateBackupPlan", this::create);
    operations.rest("GET", "/backup/plans", "ListBackupPlans", this::list);
    operations.rest("GET", PLAN, "GetBackupPlan", this::get);
    operations.rest("POST", PLAN, "UpdateBackupPlan", this::update);
    operations.rest("DELETE", PLAN, "DeleteBackupPlan", this::delete);
    operations.rest("PUT", SELECTIONS, "CreateBackupSelection", this::createSelection);
    operations.rest("GET", SELECTIONS, "ListBackupSelections", this::listSelections);
    operations.rest("GET", SELECTIONS + "/{selectionId}", "GetBackupSelection", this::selection);
    operations.rest(
        "DELETE", SELECTIONS + "/{selectionId}", "DeleteBackupSelection", this::deleteSelection);
  }

  private JsonNode create(StubRequest request) {
    ObjectNode document = document(request);
    Optional<Plan> same =
        plans.values().stream()
            .filter(plan -> request.text("CreatorRequestId").equals(creator(plan.head)))
            .findFirst();
    if (same.isPresent()) {
      return same.get().head;
    }
    String id = state.uuid();
    ObjectNode head =
        Wire.object()
            .put("BackupPlanId", id)
            .put("BackupPlanArn", AwsBackupState.arn(request, "backup-plan:" + id))
            .put("VersionId", version());
    request.text("CreatorRequestId").ifPresent(token -> head.put("CreatorRequestId", token));
    state.time(head, "CreationDate", state.now());
    plans.put(id, new Plan(head, document));
    Map<String, String> tags = new TreeMap<>();
    request
        .members()
        .path("BackupPlanTags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    state.tags.put(head.path("BackupPlanArn").asText(), tags);
    return head;
  }

  private static Optional<String> creator(ObjectNode node) {
    return Optional.of(node.path("CreatorRequestId").asText(""));
  }

  /** The plan as it is stored: each rule gets an id, and what was not said its default. */
  private ObjectNode document(StubRequest request) {
    if (!request.members().path("BackupPlan").isObject()) {
      throw AwsError.of("MissingParameterValueException", "BackupPlan is missing");
    }
    ObjectNode document = request.members().path("BackupPlan").deepCopy();
    int rules = document.path("Rules").size();
    if (rules == 0 || rules > MAX_RULES) {
      throw AwsBackupState.invalid("A plan has 1 to 10 rules");
    }
    for (JsonNode rule : document.path("Rules")) {
      require((ObjectNode) rule);
    }
    return document;
  }

  private void require(ObjectNode rule) {
    String name = rule.path("RuleName").asText();
    AwsBackupState.requireName(name, NAME, "rule name");
    AwsBackupState.requireLifecycle("Error in rule " + name + " : ", rule.path("Lifecycle"));
    String schedule = rule.path("ScheduleExpression").asText("cron(0 5 ? * * *)");
    if (!schedule.matches("cron\\(\\S+( \\S+){5}\\)")) {
      throw AwsBackupState.invalid("Error in rule " + name + " : Invalid schedule expression");
    }
    if (rule.path("StartWindowMinutes").asLong(LEAST_WINDOW) < LEAST_WINDOW) {
      throw AwsBackupState.invalid(
          "Error in rule " + name + " : StartWindowMinutes must be at least 60 minutes");
    }
    if (!state.vaults.containsKey(rule.path("TargetBackupVaultName").asText())) {
      throw AwsBackupState.insufficientPrivileges("CreateBackupPlan");
    }
    rule.put("RuleId", state.uuid());
    if (!rule.has("ScheduleExpression")) {
      rule.put("ScheduleExpression", schedule);
    }
    if (rule.path("ScheduleExpressionTimezone").asText("UTC").equals("UTC")) {
      rule.put("ScheduleExpressionTimezone", "Etc/UTC");
    }
  }

  private JsonNode list(StubRequest request) {
    return state.page(
        request,
        "BackupPlansList",
        plans.values().stream()
            .map(
                plan ->
                    plan.head
                        .deepCopy()
                        .put("BackupPlanName", plan.document.path("BackupPlanName").asText()))
            .toList());
  }

  private JsonNode get(StubRequest request) {
    Plan plan = plan(request);
    ObjectNode answer = plan.head.deepCopy();
    answer.set("BackupPlan", plan.document);
    return answer;
  }

  private JsonNode update(StubRequest request) {
    Plan plan = plan(request);
    plan.document = document(request);
    plan.head.put("VersionId", version());
    return plan.head;
  }

  private JsonNode delete(StubRequest request) {
    Plan plan = plan(request);
    if (!plan.selections.isEmpty()) {
      throw AwsBackupState.refused(
          "Related backup plan selections must be deleted prior to backup plan deletion.");
    }
    plans.remove(request.required("backupPlanId"));
    ObjectNode answer = plan.head.deepCopy();
    state.time(answer, "DeletionDate", state.now());
    return answer;
  }

  private JsonNode createSelection(StubRequest request) {
    Plan plan = plan(request);
    ObjectNode selection = (ObjectNode) request.members().path("BackupSelection");
    String name = selection.path("SelectionName").asText();
    AwsBackupState.requireName(name, NAME, "selection name");
    if (selection.path("ListOfTags").isEmpty() && selection.path("Resources").isEmpty()) {
      throw AwsBackupState.invalid(
          "Invalid backup selection. Either 'ListOfTags' or 'Resources' section must be"
              + " non-empty.");
    }
    String role = selection.path("IamRoleArn").asText();
    if (role.contains("untrusted")) {
      throw AwsBackupState.invalid("IAM Role " + role + " cannot be assumed by AWS Backup");
    }
    String id = state.uuid();
    ObjectNode stored =
        Wire.object()
            .put("SelectionId", id)
            .put("BackupPlanId", request.required("backupPlanId"))
            .put("SelectionName", name)
            .put("IamRoleArn", role);
    request.text("CreatorRequestId").ifPresent(token -> stored.put("CreatorRequestId", token));
    state.time(stored, "CreationDate", state.now());
    stored.set("BackupSelection", selection);
    plan.selections.put(id, stored);
    return stored;
  }

  private JsonNode listSelections(StubRequest request) {
    return state.page(
        request,
        "BackupSelectionsList",
        plan(request).selections.values().stream()
            .map(
                selection -> {
                  ObjectNode entry = selection.deepCopy();
                  entry.remove("BackupSelection");
                  return entry;
                })
            .toList());
  }

  private JsonNode selection(StubRequest request) {
    ObjectNode selection = plan(request).selections.get(request.required("selectionId"));
    if (selection == null) {
      throw AwsBackupState.notFound(
          "Cannot find selection with ID " + request.required("selectionId"));
    }
    return selection;
  }

  private JsonNode deleteSelection(StubRequest request) {
    selection(request);
    plan(request).selections.remove(request.required("selectionId"));
    return NullNode.getInstance();
  }

  private Plan plan(StubRequest request) {
    String id = request.required("backupPlanId");
    return Optional.ofNullable(plans.get(id))
        .orElseThrow(() -> AwsBackupState.notFound("Cannot find Backup plan with ID " + id));
  }

  private String version() {
    return Base64.getEncoder().encodeToString(state.uuid().getBytes(UTF_8));
  }
}
