// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.deploy.Templates.Wish;
import io.dynavault.deploy.iam.Policy;
import io.dynavault.deploy.terraform.TerraformModule;
import io.dynavault.deploy.terraform.TerraformModule.Instance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the Terraform module has: AWS Backup, and names of tables from Terraform. */
class TerraformModuleTest {
  private static final String COPIES =
      "arn:aws:backup:eu-central-1:111122223333:backup-vault:copies";

  @Test
  void asksOnlyForTheArchiveAndTheBucket() {
    Map<String, Boolean> variables =
        new TreeMap<>(TerraformModule.of(Templates.TERRAFORM, Map.of()).declaredVariables());
    variables.values().removeIf(required -> !required);

    assertThat(variables).containsOnlyKeys("backup_bucket", "code_bucket", "code_key");
  }

  @Test
  void rolesTouchExactlyTheTablesThatAreNamed() {
    TerraformModule module = with(Map.of("tables", List.of("orders", "customers")));

    assertThat(TerraformDeployment.of(module).grants().get("backup"))
        .filteredOn(line -> line.contains("ExportTableToPointInTime"))
        .containsExactly(
            "allow dynamodb:ExportTableToPointInTime on"
                + " arn:aws:dynamodb:eu-west-1:111122223333:table/customers",
            "allow dynamodb:ExportTableToPointInTime on"
                + " arn:aws:dynamodb:eu-west-1:111122223333:table/orders");
  }

  @Test
  void withoutAwsBackupNothingOfItIsMade() {
    assertThat(with(Map.of("vault_lock_min_days", 7, "advanced_features", true)).resources())
        .extracting(Instance::type)
        .noneMatch(type -> type.startsWith("aws_backup"));
  }

  @Test
  void thePlanHasADailyAndAWeeklyRule() {
    List<?> rules = (List<?>) plan(with(Map.of("aws_backup", true))).setting("rule");

    assertThat(rules).hasSize(2);
    assertThat(Facts.map(rules.get(0)))
        .containsEntry("rule_name", "daily")
        .containsEntry("schedule", "cron(0 3 * * ? *)")
        .doesNotContainKey("copy_action");
    assertThat(new Facts().putAll("", lifecycle(rules.get(0))).map())
        .containsExactly(Map.entry(".delete_after", "30"));
    assertThat(Facts.map(rules.get(1)))
        .containsEntry("rule_name", "weekly")
        .containsEntry("schedule", "cron(0 2 ? * SUN *)");
    assertThat(new Facts().putAll("", lifecycle(rules.get(1))).map())
        .containsExactly(Map.entry(".delete_after", "365"));
  }

  @Test
  void coldStorageAndCopiesAreMadeWhereAskedFor() {
    TerraformModule module =
        with(
            Map.of(
                "aws_backup",
                true,
                "advanced_features",
                true,
                "copy_vault_arns",
                List.of(COPIES),
                "weekly_rule",
                Map.of("cold_storage_after", 30)));
    List<?> rules = (List<?>) plan(module).setting("rule");

    assertThat(new Facts().putAll("", lifecycle(rules.get(1))).map())
        .containsEntry(".cold_storage_after", "30")
        .containsEntry(".delete_after", "365");
    assertThat(rules)
        .allSatisfy(
            rule ->
                assertThat(Facts.only(Facts.map(rule).get("copy_action")))
                    .containsEntry("destination_vault_arn", COPIES));
    assertThat(module.resources("aws_backup_region_settings")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 30, true", "30, 30, true", "31, 30, false"})
  void rulesWhoseJobsTheLockLetsFailAreRefused(int least, int days, boolean taken) {
    Instance plan =
        plan(
            with(
                Map.of(
                    "aws_backup",
                    true,
                    "vault_lock_min_days",
                    least,
                    "daily_rule",
                    Map.of("delete_after", days))));

    assertThat(Facts.only(plan.block("lifecycle").get("precondition")).get("condition"))
        .isEqualTo(taken);
  }

  @Test
  void tablesAreSelectedByTheirTag() {
    Instance selection = with(Map.of("aws_backup", true)).resources("aws_backup_selection").get(0);

    assertThat(selection.setting("resources")).isEqualTo(List.of("arn:aws:dynamodb:*:*:table/*"));
    assertThat(Facts.only(selection.block("condition").get("string_equals")))
        .containsEntry("key", "aws:ResourceTag/BackupEnabled")
        .containsEntry("value", "true");
  }

  @Test
  void otherAccountsMayOnlyCopyIntoTheVault() {
    TerraformModule module =
        with(Map.of("aws_backup", true, "copy_from_accounts", List.of("444455556666")));
    Instance policy = module.resources("aws_backup_vault_policy").get(0);

    assertThat(Policy.parse(policy.setting("policy").toString()).lines())
        .containsExactly(
            "allow backup:CopyIntoBackupVault on * for {AWS=arn:aws:iam::444455556666:root}");
    assertThat(with(Map.of("aws_backup", true)).resources("aws_backup_vault_policy")).isEmpty();
  }

  @Test
  void theVaultCanBeLocked() {
    Instance lock =
        with(Map.of("aws_backup", true, "vault_lock_min_days", 7))
            .resources("aws_backup_vault_lock_configuration")
            .get(0);

    assertThat(new Facts().putAll("", lock.settings()).map())
        .containsEntry(".min_retention_days", "7");
  }

  private static Map<String, Object> lifecycle(Object rule) {
    return Facts.only(Facts.map(rule).get("lifecycle"));
  }

  private static Instance plan(TerraformModule module) {
    return module.resources("aws_backup_plan").get(0);
  }

  private static TerraformModule with(Map<String, Object> variables) {
    return Wish.defaults().and(Map.of(), variables).module();
  }
}
