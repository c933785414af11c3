// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.deploy.Templates.Wish;
import io.dynavault.deploy.cloudformation.Template;
import io.dynavault.deploy.terraform.TerraformModule;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever takes one template instead of the other gets the same. */
class SameDeploymentTest {

  static Stream<Named<Wish>> wishes() {
    return Stream.of(
        Named.of("defaults", Wish.defaults()),
        Named.of("everything", Templates.everything()),
        Named.of("exports", Templates.everything().and("BackupMethod", "backup_method", "export")),
        Named.of("scans", Templates.everything().and("BackupMethod", "backup_method", "scan")),
        Named.of(
            "tables with one key of their own",
            Wish.defaults()
                .and(
                    Map.of("TableKmsKeyArns", Templates.TABLE_KEYS.get(0)),
                    Map.of("table_kms_key_arns", List.of(Templates.TABLE_KEYS.get(0))))),
        Named.of(
            "a bucket that exists",
            Templates.everything()
                .and(Map.of("CreateBucket", "false"), Map.of("create_bucket", false))));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void bothTemplatesMakeTheSame(Wish wish) {
    Set<String> first = CloudFormationDeployment.of(wish.stack()).lines();
    Set<String> second = TerraformDeployment.of(wish.module()).lines();

    assertThat(first).hasSizeGreaterThan(100);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void comparesWithoutAnySettingAtItsDefault() throws IOException {
    Set<String> parameters =
        new TreeSet<>(Template.of(Templates.CLOUDFORMATION).parameters().keySet());
    parameters.removeAll(Templates.everything().cloudFormation().keySet());
    Set<String> variables =
        new TreeSet<>(
            TerraformModule.of(Templates.TERRAFORM, Map.of()).declaredVariables().keySet());
    variables.removeAll(Templates.everything().terraform().keySet());

    assertThat(parameters).containsExactly("CreateBucket");
    assertThat(variables)
        .as("those that only Terraform has, beside create_bucket")
        .containsExactly(
            "advanced_features",
            "aws_backup",
            "backup_tag_key",
            "backup_tag_value",
            "copy_from_accounts",
            "copy_vault_arns",
            "create_bucket",
            "daily_rule",
            "name",
            "tags",
            "vault_lock_min_days",
            "weekly_rule");
  }

  @Test
  void differencesAreSeen() {
    Deployment usual = CloudFormationDeployment.of(Wish.defaults().stack());
    Deployment other =
        TerraformDeployment.of(
            Wish.defaults()
                .and(Map.of(), Map.of("retention_days", 1, "allowed_tables", List.of("x")))
                .module());

    assertThat(other.functions()).isNotEqualTo(usual.functions());
    assertThat(other.grants()).isNotEqualTo(usual.grants());
  }
}
