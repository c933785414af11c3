// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.AwsBackupState.Point;
import io.dynavault.testing.aws.AwsBackupState.Vault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recovery points of AWS Backup and the resources that they are of. */
final class AwsBackupPointsArea implements ServiceArea {
  private static final String POINTS = "/backup-vaults/{backupVaultName}/recovery-points";
  private static final String POINT = POINTS + "/{recoveryPointArn}";

  private final AwsBackupState state;

  AwsBackupPointsArea(AwsBackupState state) {
    this.state = requireNonNull(state, "state is null");
  }

  @Override
  public void register(Operations operations) {
    operations.rest("GET", POINTS, "ListRecoveryPointsByBackupVault", this::ofVault);
    operations.rest("GET", POINT, "DescribeRecoveryPoint", this::describe);
    operations.rest("DELETE", POINT, "DeleteRecoveryPoint", this::delete);
    operations.rest("POST", POINT, "UpdateRecoveryPointLifecycle", this::lifecycle);
    operations.rest(
        "GET",
        "/resources/{resourceArn}/recovery-points",
        "ListRecoveryPointsByResource",
        this::ofResource);
    operations.rest("GET", "/resources", "ListProtectedResources", this::resources);
  }

  private JsonNode ofVault(StubRequest request) {
    String name = request.required("backupVaultName");
    state.vault(name, "ListRecoveryPointsByBackupVault");
    List<ObjectNode> points =
        state.points.values().stream()
            .map(Point::description)
            .filter(point -> point.path("BackupVaultName").asText().equals(name))
            .filter(point -> has(request, "resourceArn", point, "ResourceArn"))
            .filter(point -> has(request, "resourceType", point, "ResourceType"))
            .toList();
    return state.page(request, "RecoveryPoints", points);
  }

  private JsonNode ofResource(StubRequest request) {
    String arn = request.required("resourceArn");
    List<ObjectNode> points =
        state.points.values().stream()
            .map(Point::description)
            .filter(point -> point.path("ResourceArn").asText().equals(arn))
            .map(
                point -> {
                  ObjectNode entry = point.deepCopy();
                  entry.set("BackupSizeBytes", entry.remove("BackupSizeInBytes"));
                  return entry;
                })
            .toList();
    return state.page(request, "RecoveryPoints", points);
  }

  private JsonNode describe(StubRequest request) {
    return find(request, "DescribeRecoveryPoint").description();
  }

  private JsonNode delete(StubRequest request) {
    Vault vault = vault(request, "DeleteRecoveryPoint");
    state.requireAllowed(vault, "DeleteRecoveryPoint");
    Point point = find(request, "DeleteRecoveryPoint");
    requireUnlocked(vault);
    state.points.remove(point.text("RecoveryPointArn"));
    return NullNode.getInstance();
  }

  private JsonNode lifecycle(StubRequest request) {
    Vault vault = vault(request, "UpdateRecoveryPointLifecycle");
    state.requireAllowed(vault, "UpdateRecoveryPointLifecycle");
    Point point = find(request, "UpdateRecoveryPointLifecycle");
    requireUnlocked(vault);
    JsonNode lifecycle = request.members().path("Lifecycle");
    AwsBackupState.requireLifecycle("", lifecycle);
    state.setLifecycle(point.description(), lifecycle);
    ObjectNode answer = Wire.object();
    answer.set("RecoveryPointArn", point.description().path("RecoveryPointArn"));
    answer.set("BackupVaultArn", point.description().path("BackupVaultArn"));
    return answer;
  }

  private static void requireUnlocked(Vault vault) {
    if (vault.locked()) {
      throw AwsBackupState.refused(
          "Recovery point cannot be changed: it is within the minimum retention period of the"
              + " vault's lock");
    }
  }

  private Vault vault(StubRequest request, String action) {
    return state.vault(request.required("backupVaultName"), action);
  }

  private Point find(StubRequest request, String action) {
    vault(request, action);
    String arn = request.required("recoveryPointArn");
    Point point = state.points.get(arn);
    boolean here =
        point != null && point.text("BackupVaultName").equals(request.required("backupVaultName"));
    if (!here || point == null) {
      throw AwsBackupState.notFound("Recovery point " + arn + " does not exist");
    }
    return point;
  }

  private JsonNode resources(StubRequest request) {
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    for (Point point : state.points.values()) {
      ObjectNode resource =
          Wire.object()
              .put("ResourceArn", point.text("ResourceArn"))
              .put("ResourceType", "DynamoDB")
              .put("ResourceName", StubContext.tableName(point.text("ResourceArn")))
              .put("LastBackupVaultArn", point.text("BackupVaultArn"))
              .put("LastRecoveryPointArn", point.text("RecoveryPointArn"));
      resource.set("LastBackupTime", point.description().path("CreationDate"));
      resources.put(point.text("ResourceArn"), resource);
    }
    return state.page(request, "Results", resources.values());
  }

  private static boolean has(
      StubRequest request, String parameter, ObjectNode node, String member) {
    return request.text(parameter).map(node.path(member).asText()::equals).orElse(true);
  }
}
