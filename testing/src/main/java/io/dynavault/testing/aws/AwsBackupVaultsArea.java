// SPDX-License-Identifier: Apache-2.0
package io.dynavault.testing.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dynavault.testing.aws.AwsBackupState.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Vaults of AWS Backup: their locks, policies, notifications and tags; the region's settings. */
final class AwsBackupVaultsArea implements ServiceArea {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9\\-_]{2,50}");
  private static final String VAULT = "/backup-vaults/{backupVaultName}";
  private static final int MIN_CHANGEABLE_DAYS = 3;
  private static final int MAX_DAYS = 36500;

  private final AwsBackupState state;

  AwsBackupVaultsArea(AwsBackupState state) {
    this.state = requireNonNull(state, "state is null");
  }

  @Override
  public void register(Operations operations) {
    operations.rest("PUT", VAULT, "CreateBackupVault", this::create);
    operations.rest("GET", VAULT, "DescribeBackupVault", this::describe);
    operations.rest("DELETE", VAULT, "DeleteBackupVault", this::delete);
    operations.rest("GET", "/backup-vaults", "ListBackupVaults", this::list);
    operations.rest("PUT", VAULT + "/vault-lock", "PutBackupVaultLockConfiguration", this::lock);
    operations.rest(
        "DELETE", VAULT + "/vault-lock", "DeleteBackupVaultLockConfiguration", this::unlock);
    operations.rest("PUT", VAULT + "/access-policy", "PutBackupVaultAccessPolicy", this::putPolicy);
    operations.rest("GET", VAULT + "/access-policy", "GetBackupVaultAccessPolicy", this::getPolicy);
    operations.rest(
        "DELETE", VAULT + "/access-policy", "DeleteBackupVaultAccessPolicy", this::deletePolicy);
    String notifications = VAULT + "/notification-configuration";
    operations.rest("PUT", notifications, "PutBackupVaultNotifications", this::putNotifications);
    operations.rest("GET", notifications, "GetBackupVaultNotifications", this::getNotifications);
    operations.rest(
        "DELETE", notifications, "DeleteBackupVaultNotifications", this::deleteNotifications);
    operations.rest("GET", "/tags/{resourceArn}", "ListTags", this::tags);
    operations.rest("POST", "/tags/{resourceArn}", "TagResource", this::tag);
    operations.rest("POST", "/untag/{resourceArn}", "UntagResource", this::untag);
    operations.rest("GET", "/account-settings", "DescribeRegionSettings", this::settings);
    operations.rest("PUT", "/account-settings", "UpdateRegionSettings", this::changeSettings);
  }

  private JsonNode create(StubRequest request) {
    String name = request.required("backupVaultName");
    AwsBackupState.requireName(name, NAME, "vault name");
    Vault present = state.vaults.get(name);
    if (present != null) {
      boolean same =
          request
              .text("CreatorRequestId")
              .equals(Optional.of(present.description.path("CreatorRequestId").asText()));
      if (!same) {
        throw AwsBackupState.exists("Backup vault with the same name already exists");
      }
      return created(present);
    }
    ObjectNode description =
        Wire.object()
            .put("BackupVaultName", name)
            .put("BackupVaultArn", AwsBackupState.arn(request, "backup-vault:" + name))
            .put("VaultType", "BACKUP_VAULT")
            .put("VaultState", "AVAILABLE")
            .put(
                "EncryptionKeyArn",
                request
                    .text("EncryptionKeyArn")
                    .orElse(
                        "arn:aws:kms:"
                            + request.region()
                            + ":"
                            + StubContext.ACCOUNT
                            + ":key/aws-backup"))
            .put("NumberOfRecoveryPoints", 0)
            .put("Locked", false);
    request.text("CreatorRequestId").ifPresent(id -> description.put("CreatorRequestId", id));
    state.time(description, "CreationDate", state.now());
    Vault vault = new Vault(description);
    state.vaults.put(name, vault);
    putTags(description.path("BackupVaultArn").asText(), request.members().path("BackupVaultTags"));
    return created(vault);
  }

  private static ObjectNode created(Vault vault) {
    ObjectNode answer = Wire.object();
    for (String member : new String[] {"BackupVaultName", "BackupVaultArn", "CreationDate"}) {
      answer.set(member, vault.description.path(member));
    }
    return answer;
  }

  private JsonNode describe(StubRequest request) {
    return described(vault(request, "DescribeBackupVault"));
  }

  private ObjectNode described(Vault vault) {
    String name = vault.description.path("BackupVaultName").asText();
    long points =
        state.points.values().stream()
            .filter(point -> point.text("BackupVaultName").equals(name))
            .count();
    return vault.description.put("NumberOfRecoveryPoints", points);
  }

  private JsonNode list(StubRequest request) {
    return state.page(
        request, "BackupVaultList", state.vaults.values().stream().map(this::described).toList());
  }

  private JsonNode delete(StubRequest request) {
    Vault vault = vault(request, "DeleteBackupVault");
    state.requireAllowed(vault, "DeleteBackupVault");
    if (described(vault).path("NumberOfRecoveryPoints").asLong() > 0) {
      throw AwsBackupState.refused(
          "Backup vault cannot be deleted because it contains recovery points.");
    }
    state.vaults.remove(request.required("backupVaultName"));
    return NullNode.getInstance();
  }

  private JsonNode lock(StubRequest request) {
    Vault vault = vault(request, "PutBackupVaultLockConfiguration");
    requireChangeable(vault, "modified");
    int min = request.integer("MinRetentionDays").orElse(1);
    int max = request.integer("MaxRetentionDays").orElse(MAX_DAYS);
    if (min < 1) {
      throw AwsBackupState.invalid("MinRetentionDays must be at least 1 day");
    }
    if (max > MAX_DAYS) {
      throw AwsBackupState.invalid("MaxRetentionDays cannot exceed 36500 days");
    }
    if (min > max) {
      throw AwsBackupState.invalid("MinRetentionDays cannot be greater than MaxRetentionDays");
    }
    Optional<Integer> changeable = request.integer("ChangeableForDays");
    if (changeable.orElse(MIN_CHANGEABLE_DAYS) < MIN_CHANGEABLE_DAYS) {
      throw AwsBackupState.invalid("ChangeableForDays must be at least 3 days");
    }
    ObjectNode description = vault.description.put("Locked", true);
    description.remove(List.of("MinRetentionDays", "MaxRetentionDays", "LockDate"));
    request.integer("MinRetentionDays").ifPresent(d -> description.put("MinRetentionDays", d));
    request.integer("MaxRetentionDays").ifPresent(d -> description.put("MaxRetentionDays", d));
    changeable.ifPresent(
        days -> state.time(description, "LockDate", state.now().plus(Duration.ofDays(days))));
    return NullNode.getInstance();
  }

  private JsonNode unlock(StubRequest request) {
    Vault vault = vault(request, "DeleteBackupVaultLockConfiguration");
    requireChangeable(vault, "deleted");
    vault.description.put("Locked", false);
    vault.description.remove(List.of("MinRetentionDays", "MaxRetentionDays", "LockDate"));
    return NullNode.getInstance();
  }

  private void requireChangeable(Vault vault, String what) {
    JsonNode date = vault.description.path("LockDate");
    if (date.isNumber()) {
      Instant lockDate = Wire.instant(date.decimalValue());
      if (!state.now().isBefore(lockDate)) {
        throw AwsBackupState.refused("Vault Lock configuration is immutable and cannot be " + what);
      }
    }
  }

  private JsonNode putPolicy(StubRequest request) {
    Vault vault = vault(request, "PutBackupVaultAccessPolicy");
    String policy = AwsBackupState.required(request, "Policy");
    if (policy.contains("backup:*") || !policy.strip().startsWith("{")) {
      throw AwsBackupState.invalid("The provided policy is invalid");
    }
    vault.policy = Optional.of(policy);
    return NullNode.getInstance();
  }

  private JsonNode getPolicy(StubRequest request) {
    Vault vault = vault(request, "GetBackupVaultAccessPolicy");
    String policy =
        vault.policy.orElseThrow(() -> AwsBackupState.notFound("The vault has no access policy"));
    return Wire.object()
        .put("BackupVaultName", vault.description.path("BackupVaultName").asText())
        .put("BackupVaultArn", vault.description.path("BackupVaultArn").asText())
        .put("Policy", policy);
  }

  private JsonNode deletePolicy(StubRequest request) {
    vault(request, "DeleteBackupVaultAccessPolicy").policy = Optional.empty();
    return NullNode.getInstance();
  }

  private JsonNode putNotifications(StubRequest request) {
    Vault vault = vault(request, "PutBackupVaultNotifications");
    ObjectNode notifications =
        Wire.object().put("SNSTopicArn", AwsBackupState.required(request, "SNSTopicArn"));
    notifications.set("BackupVaultEvents", request.members().path("BackupVaultEvents"));
    vault.notifications = Optional.of(notifications);
    return NullNode.getInstance();
  }

  private JsonNode getNotifications(StubRequest request) {
    Vault vault = vault(request, "GetBackupVaultNotifications");
    return vault
        .notifications
        .orElseThrow(() -> AwsBackupState.notFound("The vault has no notifications"))
        .deepCopy()
        .put("BackupVaultName", vault.description.path("BackupVaultName").asText());
  }

  private JsonNode deleteNotifications(StubRequest request) {
    vault(request, "DeleteBackupVaultNotifications").notifications = Optional.empty();
    return NullNode.getInstance();
  }

  private Vault vault(StubRequest request, String action) {
    return state.vault(request.required("backupVaultName"), action);
  }

  private JsonNode tags(StubRequest request) {
    ObjectNode answer = Wire.object();
    ObjectNode tags = answer.putObject("Tags");
    state.tags.getOrDefault(request.required("resourceArn"), Map.of()).forEach(tags::put);
    return answer;
  }

  private JsonNode tag(StubRequest request) {
    putTags(request.required("resourceArn"), request.members().path("Tags"));
    return NullNode.getInstance();
  }

  private void putTags(String arn, JsonNode tags) {
    Map<String, String> present = state.tags.computeIfAbsent(arn, name -> new TreeMap<>());
    tags.properties().forEach(tag -> present.put(tag.getKey(), tag.getValue().asText()));
  }

  private JsonNode untag(StubRequest request) {
    Map<String, String> present =
        state.tags.computeIfAbsent(request.required("resourceArn"), name -> new TreeMap<>());
    request.members().path("TagKeyList").forEach(key -> present.remove(key.asText()));
    return NullNode.getInstance();
  }

  private JsonNode settings(StubRequest request) {
    ObjectNode answer = Wire.object();
    answer.putObject("ResourceTypeOptInPreference").put("DynamoDB", state.optedIn);
    answer.putObject("ResourceTypeManagementPreference").put("DynamoDB", state.advanced);
    return answer;
  }

  private JsonNode changeSettings(StubRequest request) {
    JsonNode optIn = request.members().path("ResourceTypeOptInPreference").path("DynamoDB");
    JsonNode managed = request.members().path("ResourceTypeManagementPreference").path("DynamoDB");
    state.optedIn = optIn.asBoolean(state.optedIn);
    state.advanced = managed.asBoolean(state.advanced);
    return NullNode.getInstance();
  }
}
