// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dynavault.deploy.cloudformation.Stack;
import io.dynavault.deploy.cloudformation.Template;
import io.dynavault.deploy.iam.Commands;
import io.dynavault.deploy.iam.Commands.Need;
import io.dynavault.deploy.iam.Policy;
import io.dynavault.deploy.terraform.TerraformModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The continuous backup of one table: the template and the module make the same, and no more. */
class ContinuousDeploymentTest {
  private static final Path TEMPLATE = Path.of("cloudformation/continuous.yaml");
  private static final Path MODULE = Path.of("terraform/modules/continuous");
  private static final String STREAM = Account.arn("dynamodb", "table/orders/stream/2026-11-21");
  private static final String TOPIC = Account.arn("sns", "acme-reports");

  /** The same settings in the words of both. */
  private record Wish(Map<String, Object> parameters, Map<String, Object> variables) {
    static Wish defaults() {
      return new Wish(Map.of(), Map.of("name", Deployment.NAME))
          .and("CodeBucket", "code_bucket", "acme-code")
          .and("CodeKey", "code_key", "dynavault-lambda-0.1.0.zip")
          .and("BackupBucket", "backup_bucket", "my-backups")
          .and("TableName", "table_name", "orders");
    }

    static Wish everything() {
      return defaults()
          .and("Runtime", "runtime", "java25")
          .and("Architecture", "architecture", "x86_64")
          .and("MemorySize", "memory_size", 1024)
          .and("ReservedConcurrency", "reserved_concurrency", 1)
          .and("S3ExportsPrefix", "s3_exports_prefix", "vault")
          .and("KmsKeyArn", "kms_key_arn", Account.arn("kms", "key/0a1b"))
          .and("StreamArn", "stream_arn", STREAM)
          .and("TableKmsKeyArn", "table_kms_key_arn", Account.arn("kms", "key/2c3d"))
          .and("MayEnableStream", "may_enable_stream", true)
          .and("Environment", "environment", "staging")
          .and("BatchSize", "batch_size", 100)
          .and("BatchingWindowSeconds", "batching_window_seconds", 60)
          .and("Schedule", "schedule", "rate(5 minutes)")
          .and("TopicArn", "topic_arn", TOPIC)
          .and("LagSeconds", "lag_seconds", 900)
          .and("LogRetentionDays", "log_retention_days", 30);
    }

    Wish and(String parameter, String variable, Object value) {
      Map<String, Object> first = new LinkedHashMap<>(parameters);
      Map<String, Object> second = new LinkedHashMap<>(variables);
      first.put(parameter, value);
      second.put(variable, value);
      return new Wish(first, second);
    }

    Stack stack() {
      try {
        return Template.of(TEMPLATE).stack(Deployment.NAME, parameters);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Deployment deployment() {
      return CloudFormationDeployment.of(stack());
    }
  }

  static Stream<Named<Wish>> wishes() {
    return Stream.of(
        Named.of("defaults", Wish.defaults()),
        Named.of("everything", Wish.everything()),
        Named.of("a stream", Wish.defaults().and("StreamArn", "stream_arn", STREAM)));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void bothTemplatesMakeTheSame(Wish wish) {
    Set<String> first = wish.deployment().lines();
    Set<String> second =
        TerraformDeployment.of(TerraformModule.of(MODULE, wish.variables())).lines();

    assertThat(first).hasSizeGreaterThan(50);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void comparesWithoutAnySettingAtItsDefault() throws IOException {
    Set<String> parameters = new TreeSet<>(Template.of(TEMPLATE).parameters().keySet());
    parameters.removeAll(Wish.everything().parameters().keySet());
    Set<String> variables =
        new TreeSet<>(TerraformModule.of(MODULE, Map.of()).declaredVariables().keySet());
    variables.removeAll(Wish.everything().variables().keySet());

    assertThat(parameters).isEmpty();
    assertThat(variables).containsExactly("tags");
  }

  @Test
  void theTemplateIsSound() throws IOException {
    assertThat(Template.of(TEMPLATE).unresolved()).isEmpty();
    assertThat(Template.of(TEMPLATE).unused()).isEmpty();
    assertThat(Files.size(TEMPLATE)).as("bytes").isLessThan(51_200);
  }

  /** Nothing may be skipped, given up, or taken for safe before the function says so. */
  @Test
  @Tag("G9")
  void recordsAreTriedAgainFromTheFirstThatIsMissingUntilTheyAreSafe() {
    assertThat(Wish.defaults().and("StreamArn", "", STREAM).deployment().functions().get("capture"))
        .containsEntry("handler", "io.dynavault.lambda.CaptureHandler")
        .containsEntry("stream", STREAM)
        .containsEntry("stream answers", "ReportBatchItemFailures")
        .containsEntry("stream from", "TRIM_HORIZON")
        .containsEntry("stream retries", "-1")
        .containsEntry("stream age", "-1")
        .containsEntry("stream bisects", "false")
        .containsEntry("stream at once", "1")
        .containsEntry("stream window", "10")
        .containsEntry("memory", "512")
        .containsEntry("timeout", "900");
    assertThat(Wish.defaults().deployment().functions().get("capture"))
        .as("without a stream, by the schedule alone")
        .doesNotContainKey("stream")
        .containsEntry("env.DYNAMODB_TABLES", "[\"orders\"]");
  }

  /** Invocations that could not be made while another one captured must not pile up. */
  @Test
  void theScheduleIsEveryMinuteAndNotCaughtUpWith() {
    Deployment deployment = Wish.defaults().deployment();

    assertThat(deployment.schedules().get("capture"))
        .containsEntry("expression", "rate(1 minute)")
        .containsEntry("state", "ENABLED")
        .containsEntry("retries", "0")
        .containsEntry("target", Account.arn("lambda", "function:acme-backups-capture"));
    assertThat(deployment.functions().get("capture"))
        .containsEntry("event retries", "0")
        .containsEntry("event age", "60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous start", "continuous start (table without a stream)"})
  void mayDoWhatTheCommandNeedsWithItsTableAndNothingElse(String command) throws IOException {
    Policy policy = CloudFormationDeployment.policy(Wish.everything().stack(), "capture");
    Set<String> notNeeded = Set.of("dynamodb:ListTables", "tag:GetResources", "sns:Publish");
    List<Need> needs =
        Commands.read().needsOf(command).stream()
            .filter(need -> !notNeeded.contains(need.action()))
            .toList();

    assertThat(needs).hasSizeGreaterThan(20);
    assertThat(needs)
        .allSatisfy(
            need ->
                assertThat(policy.allows(need.action(), need.resource()))
                    .as(need.toString())
                    .isTrue());
    assertThat(needs)
        .filteredOn(need -> need.resource().contains("orders") && !need.action().contains("Get"))
        .filteredOn(need -> !need.resource().contains("/locks/"))
        .isNotEmpty()
        .allSatisfy(
            need ->
                assertThat(
                        policy.allows(
                            need.action(), need.resource().replace("orders", "customers")))
                    .as(need.toString())
                    .isFalse());
  }

  @Test
  void itWritesNoItemDeletesNoBackupAndUpdatesNoTableUnlessAllowed() {
    Set<String> grants = Wish.defaults().deployment().grants().get("capture");

    assertThat(grants)
        .isNotEmpty()
        .noneMatch(line -> line.matches("allow dynamodb:(Put|Batch|Update|Delete|Create).*"))
        .noneMatch(line -> line.contains(" kms:") || line.contains(" sns:"))
        .noneMatch(line -> line.matches("allow [^ ]*\\* .*"));
    assertThat(grants.stream().filter(line -> line.contains("s3:Delete")))
        .containsExactly(
            "allow s3:DeleteObject on arn:aws:s3:::my-backups/native-exports/runs/orders/*");
    assertThat(grants.stream().filter(line -> line.contains("s3:Put")))
        .noneMatch(line -> line.contains("/lock/") || line.contains("/holds/"));
    assertThat(Wish.everything().deployment().grants().get("capture"))
        .contains(
            "allow dynamodb:UpdateTable on " + Account.arn("dynamodb", "table/orders"),
            "allow sns:Publish on " + TOPIC);
  }

  @Test
  void alarmsWatchTheTablesFigures() {
    Map<String, Map<String, String>> alarms = Wish.everything().deployment().alarms();

    assertThat(alarms.get("continuous-behind"))
        .containsEntry("metric", "Dynavault ContinuousLag")
        .containsEntry("missing data", "breaching")
        .containsEntry("threshold", "900");
    assertThat(alarms.get("continuous-failed"))
        .containsEntry("metric", "Dynavault ContinuousFailures")
        .containsEntry("threshold", "0");
    assertThat(alarms.values())
        .hasSize(2)
        .allSatisfy(
            alarm ->
                assertThat(alarm)
                    .containsEntry("dimension TableName", "orders")
                    .containsEntry("alarm tells", TOPIC));
  }

  @Test
  void everyVariableIsOneThatTheHandlerReads() throws IOException {
    Set<String> set = new TreeSet<>();
    for (String fact : Wish.defaults().deployment().functions().get("capture").keySet()) {
      if (fact.startsWith("env.")) {
        set.add(fact.substring(4));
      }
    }

    assertThat(set).isEqualTo(DeploymentTest.readBy().get("capture"));
  }
}
