// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.iam;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.deploy.Account;
import io.dynavault.deploy.iam.Commands.Command;
import io.dynavault.deploy.iam.Commands.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies of {@code iam/} allow their commands, and nothing else. */
class PoliciesTest {
  private static final Map<String, String> TO_AWS_BACKUP =
      Map.of("iam:PassedToService", "backup.amazonaws.com");
  private static final String TABLE_KEY = Account.arn("kms", "key/2c3d");
  private static final Map<String, String> THROUGH_DYNAMODB =
      Map.of("kms:ViaService", "dynamodb." + Account.REGION + ".amazonaws.com");

  /** What AWS says about requests besides action and resource, where a policy asks. */
  private static final Map<String, String> AS_ASKED =
      Map.of(
          "iam:PassedToService", "backup.amazonaws.com",
          "kms:ViaService", "dynamodb." + Account.REGION + ".amazonaws.com",
          "kms:GrantIsForAWSResource", "true");

  private static final int LARGEST_MANAGED_POLICY = 6144;

  @ParameterizedTest
  @ValueSource(strings = {"operator", "backup-only", "auditor", "restore"})
  void allowsTheCommandsOfItsRowsAndNoOther(String name) throws IOException {
    Policy policy = policy(name);

    for (Command command : Commands.read().all()) {
      List<Need> refused =
          command.needs().stream()
              .filter(need -> !policy.allows(need.action(), need.resource(), AS_ASKED))
              .toList();
      if (command.policies().contains(name)) {
        assertThat(refused).as(command.name()).isEmpty();
      } else if (!command.name().startsWith("aws ")) {
        assertThat(refused).as(command.name()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "backup-only", "auditor", "restore"})
  void allowsNothingThatNoCommandNeeds(String name) throws IOException {
    List<Need> needs =
        Commands.read().all().stream()
            .filter(command -> command.policies().contains(name))
            .flatMap(command -> command.needs().stream())
            .toList();

    for (Statement statement : policy(name).statements()) {
      if (statement.allows()) {
        assertThat(statement.notActions()).isEmpty();
        for (String action : statement.actions()) {
          assertThat(statement.resources())
              .as(action)
              .isNotEmpty()
              .allMatch(
                  resource ->
                      needs.stream()
                          .anyMatch(
                              need ->
                                  need.action().equals(action)
                                      && Wildcard.matches(resource, need.resource())));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "backup-only", "auditor", "restore"})
  void fitsIntoAManagedPolicy(String name) throws IOException {
    assertThat(Files.readString(Path.of("iam", name + ".json")).replaceAll("\\s", ""))
        .hasSizeLessThanOrEqualTo(LARGEST_MANAGED_POLICY);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:DeleteBackup, arn:aws:dynamodb:eu-west-1:111122223333:table/orders/backup/1",
    "dynamodb:DeleteTable, arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    "dynamodb:UpdateContinuousBackups, arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    "backup:DeleteRecoveryPoint, arn:aws:backup:eu-west-1:111122223333:recovery-point:1",
    "backup:DisassociateRecoveryPoint, arn:aws:backup:eu-west-1:111122223333:recovery-point:1",
    "backup:UpdateRecoveryPointLifecycle, arn:aws:backup:eu-west-1:111122223333:recovery-point:1",
    "backup:DeleteBackupVault, arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
    "backup:PutBackupVaultAccessPolicy, arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
    "backup:DeleteBackupVaultAccessPolicy, arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
    "backup:PutBackupVaultLockConfiguration,"
        + " arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
    "backup:DeleteBackupVaultLockConfiguration,"
        + " arn:aws:backup:eu-west-1:111122223333:backup-vault:main",
    "s3:DeleteObject, arn:aws:s3:::my-backups/vault/recovery-points/orders/1.json",
    "s3:DeleteObject, arn:aws:s3:::my-backups/vault/2026-11-21/orders/AWSDynamoDB/1/data/a.json.gz",
    "s3:DeleteObject, arn:aws:s3:::my-backups/vault/holds/orders/1/00000001.json",
    "s3:DeleteObject, arn:aws:s3:::my-backups/vault/lock/00000001.json",
    "s3:PutObject, arn:aws:s3:::my-backups/vault/lock/00000002.json",
    "s3:PutObject, arn:aws:s3:::my-backups/vault/holds/orders/1/00000002.json",
    "s3:DeleteObjectVersion, arn:aws:s3:::my-backups/vault/recovery-points/orders/1.json",
    "s3:BypassGovernanceRetention, arn:aws:s3:::my-backups/vault/recovery-points/orders/1.json",
    "s3:PutObjectRetention, arn:aws:s3:::my-backups/vault/recovery-points/orders/1.json",
    "s3:PutObjectLegalHold, arn:aws:s3:::my-backups/vault/recovery-points/orders/1.json",
    "s3:PutLifecycleConfiguration, arn:aws:s3:::my-backups",
    "s3:PutBucketVersioning, arn:aws:s3:::my-backups",
    "s3:PutBucketObjectLockConfiguration, arn:aws:s3:::my-backups",
    "s3:DeleteBucket, arn:aws:s3:::my-backups",
  })
  void whoBacksUpDestroysNothingEvenAsAnAdministrator(String action, String resource)
      throws IOException {
    Policy administrator =
        Policy.parse(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
            """);
    Policy both =
        new Policy(
            Stream.of(administrator, policy("backup-only"))
                .flatMap(policy -> policy.statements().stream())
                .toList());

    assertThat(administrator.allows(action, resource)).isTrue();
    assertThat(both.allows(action, resource)).isFalse();
  }

  @Test
  void theAuditorChangesNothingAndReadsNoItem() throws IOException {
    Policy auditor = policy("auditor");

    assertThat(auditor.allowedActions())
        .allMatch(action -> action.matches("[a-z0-9-]+:(Describe|List|Get).*"))
        .doesNotContain("dynamodb:GetItem");
    assertThat(
            auditor.allows(
                "s3:GetObject",
                "arn:aws:s3:::my-backups/vault/2026-11-21/orders/AWSDynamoDB/1/data/a.json.gz"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup-only", "auditor", "restore"})
  void onlyTheOperatorDeletesBackups(String name) throws IOException {
    assertThat(policy(name).allowedActions())
        .doesNotContain(
            "dynamodb:DeleteBackup", "backup:DeleteRecoveryPoint", "dynamodb:DeleteTable");
    assertThat(
            policy(name)
                .allows(
                    "s3:DeleteObject", "arn:aws:s3:::my-backups/vault/recovery-points/o/1.json"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup-only", "auditor"})
  void onlyOperatorAndRestoreWriteItems(String name) throws IOException {
    assertThat(policy(name).allowedActions())
        .doesNotContain(
            "dynamodb:PutItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:ImportTable",
            "dynamodb:RestoreTableFromBackup");
  }

  @Test
  void theServiceRoleGoesToAwsBackupOnly() throws IOException {
    String role = Account.role("service-role/AWSBackupDefaultServiceRole");
    Policy operator = policy("operator");

    assertThat(operator.allows("iam:PassRole", role, TO_AWS_BACKUP)).isTrue();
    assertThat(
            operator.allows(
                "iam:PassRole", role, Map.of("iam:PassedToService", "lambda.amazonaws.com")))
        .isFalse();
    assertThat(operator.allows("iam:PassRole", Account.role("admin"), TO_AWS_BACKUP)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "backup-only", "restore"})
  void keysOfTablesAreUsedThroughDynamoDbOnly(String name) throws IOException {
    Policy policy = policy(name);

    for (String action : List.of("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey")) {
      assertThat(policy.allows(action, TABLE_KEY, THROUGH_DYNAMODB)).as(action).isTrue();
      assertThat(policy.allows(action, TABLE_KEY)).as(action).isFalse();
      assertThat(
              policy.allows(
                  action, TABLE_KEY, Map.of("kms:ViaService", "s3.eu-west-1.amazonaws.com")))
          .as(action)
          .isFalse();
    }
    assertThat(policy.allows("kms:CreateGrant", TABLE_KEY, AS_ASKED)).isTrue();
    assertThat(policy.allows("kms:CreateGrant", TABLE_KEY, THROUGH_DYNAMODB)).isFalse();
  }

  private static Policy policy(String name) throws IOException {
    return Policy.read(Path.of("iam", name + ".json"));
  }
}
