// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy;

import io.dynavault.deploy.iam.Policy;
import io.dynavault.deploy.terraform.TerraformModule;
import io.dynavault.deploy.terraform.TerraformModule.Instance;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the Terraform module makes, without what only it has (AWS Backup). */
final class TerraformDeployment {
  private static final String SERVICE_ROLE = "backup_service";

  private final TerraformModule module;

  private TerraformDeployment(TerraformModule module) {
    this.module = module;
  }

  static Deployment of(TerraformModule module) {
    TerraformDeployment reader = new TerraformDeployment(module);
    return new Deployment(
        reader.functions(),
        reader.grants(),
        reader.trusts(),
        reader.schedules(),
        reader.alarms(),
        reader.bucket(),
        reader.others());
  }

  private Map<String, Map<String, String>> functions() {
    Map<String, Map<String, String>> functions = new TreeMap<>();
    for (Instance function : module.resources("aws_lambda_function")) {
      Facts facts =
          new Facts()
              .put("handler", function.setting("handler"))
              .put("description", function.setting("description"))
              .put("runtime", function.setting("runtime"))
              .put("architectures", function.setting("architectures"))
              .put("memory", function.setting("memory_size"))
              .put("timeout", function.setting("timeout"))
              .put("bucket", function.setting("s3_bucket"))
              .put("key", function.setting("s3_key"))
              .put("dead letters", first(function.settings(), "dead_letter_config", "target_arn"))
              .put("reserved", reserved(function))
              .put("snapshots", function.settings().containsKey("snap_start"))
              .putAll("env", Facts.map(function.block("environment").get("variables")));
      for (Instance logs : module.resources("aws_cloudwatch_log_group")) {
        if (logs.setting("name").equals("/aws/lambda/" + function.setting("function_name"))) {
          facts.put("log retention", logs.setting("retention_in_days"));
        }
      }
      for (Instance recursion : module.resources("aws_lambda_function_recursion_config")) {
        if (recursion.setting("function_name").equals(function.setting("function_name"))) {
          facts.put("recursive loop", recursion.setting("recursive_loop"));
        }
      }
      for (Instance alias : module.resources("aws_lambda_alias")) {
        if (alias.setting("function_name").equals(function.setting("function_name"))) {
          facts.put("alias", alias.setting("name"));
        }
      }
      invocations(function.setting("function_name"), facts);
      functions.put(Facts.shortName(function.setting("function_name")), facts.map());
    }
    return functions;
  }

  /** The provider's way to say that nothing is reserved is -1. */
  private static @Nullable Object reserved(Instance function) {
    Object reserved = function.settings().get("reserved_concurrent_executions");
    return "-1".equals(String.valueOf(reserved)) ? null : reserved;
  }

  /** A setting of a block that need not be there. */
  private static @Nullable Object first(Map<String, Object> settings, String block, String name) {
    return settings.get(block) instanceof List<?> blocks
        ? Facts.map(blocks.get(0)).get(name)
        : null;
  }

  /** What invokes a function by itself, and how often it is tried. */
  private void invocations(Object function, Facts facts) {
    for (Instance config : module.resources("aws_lambda_function_event_invoke_config")) {
      if (config.setting("function_name").equals(function)) {
        facts
            .put("event age", config.setting("maximum_event_age_in_seconds"))
            .put("event retries", config.setting("maximum_retry_attempts"));
      }
    }
    for (Instance mapping : module.resources("aws_lambda_event_source_mapping")) {
      if (mapping.setting("function_name").equals(function)) {
        facts
            .put("stream", mapping.setting("event_source_arn"))
            .put("stream from", mapping.setting("starting_position"))
            .put("stream batch", mapping.setting("batch_size"))
            .put("stream window", mapping.setting("maximum_batching_window_in_seconds"))
            .put("stream at once", mapping.setting("parallelization_factor"))
            .put("stream retries", mapping.setting("maximum_retry_attempts"))
            .put("stream age", mapping.setting("maximum_record_age_in_seconds"))
            .put("stream bisects", mapping.setting("bisect_batch_on_function_error"))
            .put("stream answers", mapping.setting("function_response_types"));
      }
    }
  }

  private Map<String, Set<String>> grants() {
    Map<String, Set<String>> grants = new TreeMap<>();
    for (Instance policy : module.resources("aws_iam_role_policy")) {
      grants.put(
          policy.setting("name").toString(),
          Policy.parse(policy.setting("policy").toString()).lines());
    }
    return grants;
  }

  private Map<String, Set<String>> trusts() {
    Map<String, Set<String>> trusts = new TreeMap<>();
    for (Instance role : module.resources("aws_iam_role")) {
      if (!role.name().equals(SERVICE_ROLE)) {
        trusts.put(
            role.key().isEmpty() ? role.name() : role.key(),
            Policy.parse(role.setting("assume_role_policy").toString()).lines());
      }
    }
    return trusts;
  }

  private Map<String, Map<String, String>> schedules() {
    Map<String, Map<String, String>> schedules = new TreeMap<>();
    for (Instance schedule : module.resources("aws_scheduler_schedule")) {
      Map<String, Object> target = schedule.block("target");
      Map<String, Object> retries = Facts.only(target.get("retry_policy"));
      schedules.put(
          Facts.shortName(schedule.setting("name")),
          new Facts()
              .put("description", schedule.setting("description"))
              .put("expression", schedule.setting("schedule_expression"))
              .put("time zone", schedule.setting("schedule_expression_timezone"))
              .put("state", schedule.setting("state"))
              .put("window", schedule.block("flexible_time_window").get("mode"))
              .put("target", target.get("arn"))
              .putAll("event", Facts.json(target.get("input")))
              .put("dead letters", first(target, "dead_letter_config", "arn"))
              .put("retries", retries.get("maximum_retry_attempts"))
              .put("event age", retries.get("maximum_event_age_in_seconds"))
              .map());
    }
    return schedules;
  }

  private Map<String, Map<String, String>> alarms() {
    Map<String, Map<String, String>> alarms = new TreeMap<>();
    for (Instance alarm : module.resources("aws_cloudwatch_metric_alarm")) {
      Facts facts =
          new Facts()
              .put("description", alarm.setting("alarm_description"))
              .put("metric", alarm.setting("namespace") + " " + alarm.setting("metric_name"))
              .put("statistic", alarm.setting("statistic"))
              .put("period", alarm.setting("period"))
              .put("evaluation periods", alarm.setting("evaluation_periods"))
              .put("datapoints", alarm.setting("datapoints_to_alarm"))
              .put("threshold", alarm.setting("threshold"))
              .put("comparison", alarm.setting("comparison_operator"))
              .put("missing data", alarm.setting("treat_missing_data"))
              .put("alarm tells", alarm.setting("alarm_actions"))
              .put("ok tells", alarm.setting("ok_actions"));
      Facts.map(alarm.setting("dimensions"))
          .forEach((name, value) -> facts.put("dimension " + name, value));
      alarms.put(Facts.shortName(alarm.setting("alarm_name")), facts.map());
    }
    return alarms;
  }

  private Map<String, String> bucket() {
    Facts facts = new Facts();
    for (Instance bucket : module.resources("aws_s3_bucket")) {
      facts
          .put("name", bucket.setting("bucket"))
          .put("lock", bucket.setting("object_lock_enabled"));
    }
    for (Instance versioning : module.resources("aws_s3_bucket_versioning")) {
      facts.put("versioning", versioning.block("versioning_configuration").get("status"));
    }
    for (Instance encryption :
        module.resources("aws_s3_bucket_server_side_encryption_configuration")) {
      Map<String, Object> rule = encryption.block("rule");
      Map<String, Object> byDefault =
          Facts.only(rule.get("apply_server_side_encryption_by_default"));
      facts
          .put("encryption", byDefault.get("sse_algorithm"))
          .put("key", byDefault.get("kms_master_key_id"))
          .put("bucket key", rule.get("bucket_key_enabled"));
    }
    for (Instance access : module.resources("aws_s3_bucket_public_access_block")) {
      facts
          .put("block acls", access.setting("block_public_acls"))
          .put("block policy", access.setting("block_public_policy"))
          .put("ignore acls", access.setting("ignore_public_acls"))
          .put("restrict", access.setting("restrict_public_buckets"));
    }
    for (Instance controls : module.resources("aws_s3_bucket_ownership_controls")) {
      facts.put("ownership", controls.block("rule").get("object_ownership"));
    }
    for (Instance lock : module.resources("aws_s3_bucket_object_lock_configuration")) {
      Map<String, Object> retention = Facts.only(lock.block("rule").get("default_retention"));
      facts.put("lock mode", retention.get("mode")).put("lock days", retention.get("days"));
    }
    for (Instance lifecycle : module.resources("aws_s3_bucket_lifecycle_configuration")) {
      for (Object rule : (List<?>) lifecycle.setting("rule")) {
        lifecycle(facts, Facts.map(rule));
      }
    }
    for (Instance policy : module.resources("aws_s3_bucket_policy")) {
      facts.put("policy", Policy.parse(policy.setting("policy").toString()).lines());
    }
    return facts.map();
  }

  private static void lifecycle(Facts facts, Map<String, Object> rule) {
    String id = "rule " + rule.get("id") + " ";
    facts.put(id + "status", rule.get("status"));
    Map<String, Object> filter = Facts.only(rule.get("filter"));
    if (filter.containsKey("and")) {
      Map<String, Object> and = Facts.only(filter.get("and"));
      facts
          .put(id + "prefix", and.get("prefix"))
          .put(id + "larger than", and.get("object_size_greater_than"));
    }
    if (rule.get("transition") instanceof List<?> transitions) {
      for (Object transition : transitions) {
        Map<String, Object> step = Facts.map(transition);
        facts.put(id + step.get("storage_class"), step.get("days"));
      }
    }
    if (rule.containsKey("noncurrent_version_expiration")) {
      facts.put(
          id + "noncurrent",
          Facts.only(rule.get("noncurrent_version_expiration")).get("noncurrent_days"));
    }
    if (rule.containsKey("abort_incomplete_multipart_upload")) {
      facts.put(
          id + "abort",
          Facts.only(rule.get("abort_incomplete_multipart_upload")).get("days_after_initiation"));
    }
  }

  private Map<String, String> others() {
    Facts facts = new Facts();
    for (Instance topic : module.resources("aws_sns_topic")) {
      facts.put("topic", topic.setting("name"));
    }
    for (Instance policy : module.resources("aws_sns_topic_policy")) {
      facts.put("topic policy", Policy.parse(policy.setting("policy").toString()).lines());
    }
    for (Instance subscription : module.resources("aws_sns_topic_subscription")) {
      facts.put("told by " + subscription.setting("protocol"), subscription.setting("endpoint"));
    }
    for (Instance queue : module.resources("aws_sqs_queue")) {
      facts
          .put("queue", queue.setting("name"))
          .put("queue keeps", queue.setting("message_retention_seconds"))
          .put("queue encrypted", queue.setting("sqs_managed_sse_enabled"));
    }
    for (Instance permission : module.resources("aws_lambda_permission")) {
      facts
          .put("invoked by", permission.setting("principal"))
          .put("invoked from", permission.setting("source_arn"))
          .put("invoked of", permission.setting("source_account"));
    }
    return facts.map();
  }
}
