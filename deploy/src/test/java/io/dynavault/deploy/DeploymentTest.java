// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dynavault.deploy.Templates.Wish;
import io.dynavault.deploy.iam.Commands;
import io.dynavault.deploy.iam.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the templates make is what the guides promise. Both make the same: one is looked at. */
class DeploymentTest {
  private static final Set<String> WRITES_ITEMS =
      Set.of(
          "dynamodb:BatchWriteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:PartiQLInsert",
          "dynamodb:PartiQLUpdate",
          "dynamodb:PartiQLDelete");
  private static final Set<String> KEY_USES =
      Set.of(
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:DescribeKey");
  private static final String TABLE = Account.arn("dynamodb", "table/");

  private final Deployment deployment = CloudFormationDeployment.of(Templates.everything().stack());

  @Test
  void functionsAreTheHandlersOfTheArchive() {
    assertThat(
            deployment.functions().entrySet().stream()
                .map(f -> f.getKey() + " " + f.getValue().get("handler")))
        .containsExactlyInAnyOrder(
            "backup io.dynavault.lambda.BackupHandler",
            "restore io.dynavault.lambda.RestoreHandler",
            "cleanup io.dynavault.lambda.CleanupHandler",
            "csv-loader io.dynavault.lambda.CsvLoaderHandler");
    assertThat(deployment.functions().values())
        .allSatisfy(
            function ->
                assertThat(function)
                    .containsEntry("timeout", "900")
                    .containsEntry("log retention", "30")
                    .containsEntry("alias", "live")
                    .containsEntry(
                        "dead letters", Account.arn("sqs", "acme-backups-dead-letters")));
  }

  /** The variables that each function reads. */
  static Map<String, Set<String>> readBy() throws IOException {
    JsonNode documented = new ObjectMapper().readTree(Path.of("environment.json").toFile());
    Map<String, Set<String>> read = new TreeMap<>();
    documented
        .properties()
        .forEach(
            variable ->
                variable
                    .getValue()
                    .path("readBy")
                    .forEach(
                        by ->
                            read.computeIfAbsent(by.asText(), f -> new TreeSet<>())
                                .add(variable.getKey())));
    return read;
  }

  @Test
  void everyVariableIsOneThatTheHandlerReads() throws IOException {
    Map<String, Set<String>> read = readBy();
    read.remove("capture"); // of a template of its own

    Map<String, Set<String>> set = new TreeMap<>();
    deployment
        .functions()
        .forEach(
            (name, facts) ->
                set.put(
                    name,
                    facts.keySet().stream()
                        .filter(fact -> fact.startsWith("env."))
                        .map(fact -> fact.substring(4))
                        .collect(Collectors.toCollection(TreeSet::new))));

    assertThat(set).isEqualTo(read);
  }

  @Test
  void defaultsOfTheTemplatesAreThoseOfTheHandlers() throws IOException {
    JsonNode documented = new ObjectMapper().readTree(Path.of("environment.json").toFile());

    CloudFormationDeployment.of(Wish.defaults().and("CsvTable", "csv_table", "orders").stack())
        .functions()
        .forEach(
            (name, facts) ->
                facts.forEach(
                    (fact, value) -> {
                      JsonNode byDefault =
                          documented.path(fact.replaceFirst("^env\\.", "")).path("default");
                      if (fact.startsWith("env.")
                          && !fact.endsWith("SNS_TOPIC_ARN")
                          && !byDefault.isMissingNode()) {
                        assertThat(value).as(fact).isEqualTo(byDefault.asText());
                      }
                    }));
  }

  @Test
  void tablesReachTheHandlerAsAJsonArray() {
    assertThat(deployment.functions().get("backup"))
        .containsEntry("env.DYNAMODB_TABLES", "[\"orders\",\"customers\"]");
  }

  @Test
  void onlyRestoreWritesItemsAndTheLoaderToItsOwnTable() {
    assertThat(whoMay(WRITES_ITEMS)).containsOnlyKeys("restore", "csv-loader");
    assertThat(whoMay(WRITES_ITEMS).get("csv-loader"))
        .containsExactly("allow dynamodb:BatchWriteItem on " + TABLE + "orders");
  }

  @Test
  void onlyCleanupDeletesBackups() {
    assertThat(whoMay(Set.of("dynamodb:DeleteBackup"))).containsOnlyKeys("cleanup");
    assertThat(whoMay(Set.of("s3:DeleteObject")).get("backup"))
        .containsExactly(
            "allow s3:DeleteObject on arn:aws:s3:::acme-backups-bucket/vaults/prod/runs/*");
    assertThat(whoMay(Set.of("s3:DeleteObject")).get("restore"))
        .containsExactlyInAnyOrder(
            "allow s3:DeleteObject on arn:aws:s3:::acme-backups-bucket/vaults/prod/locks/*",
            "allow s3:DeleteObject on arn:aws:s3:::acme-backups-bucket/vaults/prod/restores/*");
  }

  /** docs/format/continuous.md, "Expiry". */
  @Test
  void cleanupHasChangesExpireAndAddsNothingElseToAChain() {
    Policy policy = CloudFormationDeployment.policy(Templates.everything().stack(), "cleanup");
    String vault = "arn:aws:s3:::acme-backups-bucket/vaults/prod/";
    String chain = vault + "continuous/orders/01795253400123-0a1b2c3d/";
    String expired = chain + "expired/0000000006.json";
    List<String> others =
        List.of(
            vault + "chains/orders/01795253400123-0a1b2c3d.json",
            chain + "commits/0000000/0000000001.json",
            chain + "hours/2026-11-21T09.json",
            chain + "bases/01795253400456-1b2c3d4e.json",
            chain + "data/2026-11-21T09/5gqyj5kq2i7xvpzj4w6n3c2l4e.json.gz",
            chain + "copied.json",
            chain + "end.json");

    assertThat(policy.allows("s3:PutObject", expired)).isTrue();
    assertThat(policy.allows("s3:DeleteObject", expired)).isTrue();
    assertThat(others)
        .allMatch(key -> policy.allows("s3:GetObject", key))
        .allMatch(key -> policy.allows("s3:DeleteObject", key))
        .noneMatch(key -> policy.allows("s3:PutObject", key));
  }

  @Test
  void onlyTablesOfRestoreTestsCanBeDeleted() {
    assertThat(whoMay(Set.of("dynamodb:DeleteTable")))
        .containsExactly(
            Map.entry("restore", Set.of("allow dynamodb:DeleteTable on " + TABLE + "drill-*")));
  }

  @Test
  void nobodyMayRemoveVersionsOrChangeTheBucket() {
    assertThat(
            deployment.grants().values().stream()
                .flatMap(Set::stream)
                .filter(line -> line.startsWith("allow s3:")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("Version"))
        .noneMatch(line -> line.matches("allow s3:(Put|Delete)(Bucket|Lifecycle|Encryption).*"));
  }

  @Test
  void noGrantIsWide() {
    deployment
        .grants()
        .forEach(
            (role, lines) ->
                assertThat(lines)
                    .as(role)
                    .isNotEmpty()
                    .filteredOn(
                        line -> !line.matches("allow kms:(GenerateDataKey|ReEncrypt)\\* .*"))
                    .noneMatch(line -> line.matches("allow [^ ]*\\*.*"))
                    .filteredOn(line -> line.endsWith(" on *"))
                    .allMatch(
                        line ->
                            line.matches(
                                "allow (dynamodb:List|application-autoscaling:|tag:Get).* on"
                                    + " \\*")));
  }

  /** DynamoDB Developer Guide, "Authorizing use of your customer managed key". */
  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void keysOfTablesAreUsedThroughDynamoDbOnly(String role) {
    Map<String, String> throughDynamoDb =
        Map.of("kms:ViaService", "dynamodb." + Account.REGION + ".amazonaws.com");
    Map<String, String> forTheTable =
        Map.of(
            "kms:ViaService",
            "dynamodb." + Account.REGION + ".amazonaws.com",
            "kms:GrantIsForAWSResource",
            "true");
    Policy policy = CloudFormationDeployment.policy(Templates.everything().stack(), role);

    for (String key : Templates.TABLE_KEYS) {
      for (String action : KEY_USES) {
        assertThat(policy.allows(action, key, throughDynamoDb)).as(action).isTrue();
        assertThat(policy.allows(action, key)).as(action).isFalse();
      }
      assertThat(policy.allows("kms:CreateGrant", key, forTheTable)).isTrue();
      assertThat(policy.allows("kms:CreateGrant", key, throughDynamoDb)).isFalse();
      assertThat(policy.allows("kms:CreateGrant", key)).isFalse();
    }
    assertThat(policy.allows("kms:Decrypt", Account.arn("kms", "key/other"), throughDynamoDb))
        .isFalse();
  }

  @Test
  void onlyBackupAndRestoreUseKeysOfTables() {
    assertThat(whoMay(Set.of("kms:Encrypt", "kms:CreateGrant")))
        .containsOnlyKeys("backup", "restore");
    assertThat(CloudFormationDeployment.of(Wish.defaults().stack()).grants().values())
        .allSatisfy(lines -> assertThat(lines).noneMatch(line -> line.contains(" kms:")));
  }

  @Test
  void everyFunctionThatContinuesMayInvokeItselfAndNoOther() {
    Map<String, Set<String>> invokes = whoMay(Set.of("lambda:InvokeFunction"));
    String function = Account.arn("lambda", "function:acme-backups-");

    assertThat(invokes).containsOnlyKeys("backup", "restore", "schedule");
    for (String name : Set.of("backup", "restore")) {
      assertThat(invokes.get(name))
          .containsExactlyInAnyOrder(
              "allow lambda:InvokeFunction on " + function + name,
              "allow lambda:InvokeFunction on " + function + name + ":*");
      assertThat(deployment.functions().get(name)).containsEntry("recursive loop", "Allow");
    }
    assertThat(deployment.functions().get("cleanup")).doesNotContainKey("recursive loop");
  }

  @Test
  @Tag("G12")
  void schedulesAreDailyWeeklyAndMonthly() {
    Map<String, Map<String, String>> schedules =
        CloudFormationDeployment.of(Wish.defaults().stack()).schedules();

    assertThat(schedules.get("daily-backup"))
        .containsEntry("expression", "cron(0 2 * * ? *)")
        .containsEntry("target", Account.arn("lambda", "function:acme-backups-backup"));
    assertThat(schedules.get("weekly-cleanup"))
        .containsEntry("expression", "cron(0 5 ? * SUN *)")
        .containsEntry("target", Account.arn("lambda", "function:acme-backups-cleanup"));
    assertThat(schedules.get("monthly-restore-test"))
        .containsEntry("expression", "cron(0 6 1 * ? *)")
        .containsEntry("target", Account.arn("lambda", "function:acme-backups-restore"))
        .containsEntry("event.backup_date", "latest")
        .containsEntry("event.restore_test", "true");
    assertThat(schedules.values())
        .hasSize(3)
        .allSatisfy(
            schedule ->
                assertThat(schedule)
                    .containsEntry("time zone", "UTC")
                    .containsEntry("state", "ENABLED")
                    .containsEntry("event.request_id", "<aws.scheduler.execution-id>"));
    assertThat(deployment.schedules().get("daily-backup"))
        .as("with snapshots, the published version")
        .containsEntry("target", Account.arn("lambda", "function:acme-backups-backup:live"));
  }

  @Test
  @Tag("G12")
  @Tag("F19")
  void alarmsWatchTheMetricsOfTheHandlers() {
    assertThat(
            deployment.alarms().entrySet().stream()
                .map(a -> a.getKey() + ": " + a.getValue().get("metric")))
        .containsExactlyInAnyOrder(
            "backup-failed: Dynavault BackupFailures",
            "no-recent-backup: Dynavault NewestRecoveryPointAge",
            "table-without-backup: Dynavault TablesWithoutRecoveryPoint",
            "restore-test-failed: Dynavault RestoreTestFailures",
            "dead-letters: AWS/SQS ApproximateNumberOfMessagesVisible");
    Map<String, String> noRecent = deployment.alarms().get("no-recent-backup");
    assertThat(noRecent)
        .containsEntry("missing data", "breaching")
        .containsEntry("evaluation periods", "26")
        .containsEntry("datapoints", "26")
        .containsEntry("period", "3600")
        .containsEntry("threshold", String.valueOf(26 * 3600))
        .containsEntry("dimension Environment", "staging");
    assertThat(deployment.alarms().values())
        .allSatisfy(
            alarm ->
                assertThat(alarm)
                    .containsEntry("alarm tells", Account.arn("sns", "acme-backups-reports")));
  }

  @Test
  void theBucketIsVersionedEncryptedPrivateAndTlsOnly() {
    assertThat(deployment.bucket())
        .containsEntry("versioning", "Enabled")
        .containsEntry("encryption", "aws:kms")
        .containsEntry("ownership", "BucketOwnerEnforced")
        .containsEntry("lock mode", "COMPLIANCE")
        .containsEntry("lock days", "14")
        .containsEntry("block acls", "true")
        .containsEntry("block policy", "true")
        .containsEntry("ignore acls", "true")
        .containsEntry("restrict", "true");
    assertThat(deployment.bucket().get("policy"))
        .contains("deny s3:* on arn:aws:s3:::acme-backups-bucket/* for * if")
        .contains("aws:SecureTransport=[false]");
    Map<String, String> usual = CloudFormationDeployment.of(Wish.defaults().stack()).bucket();
    assertThat(usual)
        .containsEntry("encryption", "AES256")
        .containsEntry("lock", "false")
        .containsEntry("rule data-files-to-colder-classes STANDARD_IA", "30")
        .containsEntry("rule data-files-to-colder-classes GLACIER_IR", "90");
  }

  @ParameterizedTest
  @CsvSource({
    "backup, export, backup --method export",
    "backup, on-demand, backup --method on-demand",
    "backup, scan, backup --method scan",
    "restore, export, restore",
    "restore, on-demand, restore (on-demand backup)",
    "restore, export, restore --validate",
    "cleanup, export, expire",
  })
  void rolesMayDoWhatTheCommandsOfTheirFunctionsNeed(String role, String method, String command)
      throws IOException {
    Set<String> needed = Commands.read().actionsOf(command);
    needed.removeIf(action -> action.startsWith("backup:"));

    Set<String> granted =
        CloudFormationDeployment.of(
                Wish.defaults().and("BackupMethod", "backup_method", method).stack())
            .grants()
            .get(role)
            .stream()
            .map(line -> line.split(" ")[1])
            .collect(Collectors.toSet());

    assertThat(needed).isNotEmpty();
    assertThat(granted).containsAll(needed);
  }

  /** Grants of any of these actions, by role. */
  private Map<String, Set<String>> whoMay(Set<String> actions) {
    Map<String, Set<String>> found = new TreeMap<>();
    deployment
        .grants()
        .forEach(
            (role, lines) ->
                lines.stream()
                    .filter(line -> actions.contains(line.split(" ")[1]))
                    .forEach(line -> found.computeIfAbsent(role, r -> new TreeSet<>()).add(line)));
    return found;
  }
}
