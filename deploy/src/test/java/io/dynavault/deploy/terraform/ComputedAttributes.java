// SPDX-License-Identifier: Apache-2.0
package io.dynavault.deploy.terraform;

import io.dynavault.deploy.Account;
import java.util.Map;
import java.util.function.Supplier;

/** Attributes that only AWS would know, derived from the names of things. */
final class ComputedAttributes {

  Object attribute(String type, String attribute, Supplier<Map<String, Object>> settings) {
    return switch (type + "." + attribute) {
      case "aws_caller_identity.account_id" -> Account.ID;
      case "aws_partition.partition" -> Account.PARTITION;
      case "aws_region.name" -> Account.REGION;
      case "aws_sns_topic.arn" -> Account.arn("sns", string(settings, "name"));
      case "aws_sqs_queue.arn" -> Account.arn("sqs", string(settings, "name"));
      case "aws_sqs_queue.url" -> "https://queue/" + string(settings, "name");
      case "aws_iam_role.id", "aws_iam_role.name" -> string(settings, "name_prefix");
      case "aws_iam_role.arn" -> Account.role(string(settings, "name_prefix"));
      case "aws_lambda_function.arn" ->
          Account.arn("lambda", "function:" + string(settings, "function_name"));
      case "aws_lambda_function.version" -> "1";
      case "aws_lambda_alias.arn" ->
          Account.arn(
              "lambda",
              "function:" + string(settings, "function_name") + ":" + string(settings, "name"));
      case "aws_s3_bucket.id" -> string(settings, "bucket");
      case "aws_backup_vault.arn" ->
          Account.arn("backup", "backup-vault:" + string(settings, "name"));
      case "aws_backup_plan.id" -> "plan " + string(settings, "name");
      case "aws_iam_policy_document.json" -> PolicyDocument.json(settings.get());
      default -> throw new IllegalArgumentException("no attribute " + type + "." + attribute);
    };
  }

  private static String string(Supplier<Map<String, Object>> settings, String name) {
    return HclValues.string(settings.get().get(name));
  }
}
